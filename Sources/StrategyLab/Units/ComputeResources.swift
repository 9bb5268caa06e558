/// Processor and memory asked for or offered: the two amounts that the scheduler packs by.
public struct ComputeResources: Sendable, Hashable {
  /// Thousandths of a core, as Kubernetes counts them (`500m` is half a core).
  public var milliCores: Int64
  /// Bytes of memory.
  public var memoryBytes: Int64

  /// An amount of processor and memory.
  @inlinable
  public init(milliCores: Int64, memoryBytes: Int64) {
    self.milliCores = milliCores
    self.memoryBytes = memoryBytes
  }

  /// Neither processor nor memory.
  public static let zero = ComputeResources(milliCores: 0, memoryBytes: 0)

  /// The sum of two amounts.
  @inlinable
  public static func + (left: ComputeResources, right: ComputeResources) -> ComputeResources {
    ComputeResources(
      milliCores: left.milliCores + right.milliCores,
      memoryBytes: left.memoryBytes + right.memoryBytes)
  }

  /// What remains of one amount after another is taken away; may be negative.
  @inlinable
  public static func - (left: ComputeResources, right: ComputeResources) -> ComputeResources {
    ComputeResources(
      milliCores: left.milliCores - right.milliCores,
      memoryBytes: left.memoryBytes - right.memoryBytes)
  }

  /// Cores, for printing and pricing.
  @inlinable
  public var cores: Double { Double(milliCores) / 1000 }

  /// Gibibytes, for printing and pricing.
  @inlinable
  public var gibibytes: Double { Double(memoryBytes) / 1_073_741_824 }

  /// How many whole replicas of a request fit; `Int.max` when the request is for nothing.
  @inlinable
  public func count(of request: ComputeResources) -> Int {
    var fitting = Int64.max
    if request.milliCores > 0 { fitting = min(fitting, milliCores / request.milliCores) }
    if request.memoryBytes > 0 { fitting = min(fitting, memoryBytes / request.memoryBytes) }
    return fitting == .max ? .max : Int(max(fitting, 0))
  }
}
