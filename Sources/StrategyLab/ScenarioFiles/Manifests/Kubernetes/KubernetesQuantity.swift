import LabUnits

/// An amount as Kubernetes writes it: a decimal number with a suffix or an exponent, exact.
///
///     KubernetesQuantity("250m")?.whole(perUnit: 1000)   // 250 thousandths
///     KubernetesQuantity("1.5Gi")?.whole(perUnit: 1)     // 1610612736
///
/// Source: k8s.io/apimachinery, pkg/api/resource/quantity.go: what is finer than asked for rounds up.
struct KubernetesQuantity: Hashable {
  private let digits: UInt64
  private let exponent: Int
  private let shift: Int

  /// The amount that a text means; nil if it means none, is negative, or has more than 18 digits.
  init?(_ text: String) {
    var rest = text.utf8[...]
    if rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    var digits: UInt64 = 0
    var count = 0
    var decimals = 0
    var hasPoint = false
    while let byte = rest.first {
      if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
      } else if byte >= 0x30, byte <= 0x39 {
        if digits > 0 || byte > 0x30 { count += 1 }
        guard count <= 18 else { return nil }
        digits = digits * 10 + UInt64(byte - 0x30)
        if hasPoint { decimals += 1 }
      } else {
        break
      }
      rest.removeFirst()
    }
    guard decimals <= 40, text.utf8.contains(where: { $0 >= 0x30 && $0 <= 0x39 }),
      let suffix = KubernetesQuantity.suffix(String(decoding: rest, as: UTF8.self))
    else { return nil }
    self.digits = digits
    exponent = suffix.exponent - decimals
    shift = suffix.shift
  }

  /// The amount in whole parts of a unit, rounded up; nil if 63 bits cannot hold it.
  ///
  /// A unit has 1000 parts for thousandths of a core, and 1 for bytes.
  func whole(perUnit: UInt64) -> Int64? {
    guard digits > 0 else { return 0 }
    var (high, low) = digits.multipliedFullWidth(by: perUnit)
    guard shift == 0 || high == 0, low.leadingZeroBitCount >= shift else { return nil }
    low <<= UInt64(shift)
    var left = exponent
    while left > 0 {
      let next = low.multipliedFullWidth(by: 10)
      guard high == 0, next.high == 0 else { return nil }
      low = next.low
      left -= 1
    }
    var isRounded = false
    while left < 0 {
      guard high > 0 || low > 0 else { break }
      let (quotient, remainder) = UInt64(10).dividingFullWidth((high % 10, low))
      high /= 10
      low = quotient
      isRounded = isRounded || remainder > 0
      left += 1
    }
    guard high == 0, low < UInt64(Int64.max) else { return nil }
    return Int64(low) + (isRounded ? 1 : 0)
  }

  private static func suffix(_ text: String) -> (exponent: Int, shift: Int)? {
    switch text {
    case "": return (0, 0)
    case "n": return (-9, 0)
    case "u": return (-6, 0)
    case "m": return (-3, 0)
    case "k": return (3, 0)
    case "M": return (6, 0)
    case "G": return (9, 0)
    case "T": return (12, 0)
    case "P": return (15, 0)
    case "E": return (18, 0)
    case "Ki": return (0, 10)
    case "Mi": return (0, 20)
    case "Gi": return (0, 30)
    case "Ti": return (0, 40)
    case "Pi": return (0, 50)
    case "Ei": return (0, 60)
    default:
      guard text.hasPrefix("e") || text.hasPrefix("E"), text.utf8.count <= 5,
        let exponent = Int(text.dropFirst())
      else { return nil }
      return (exponent, 0)
    }
  }
}

extension ManifestFields {
  /// The thousandths of a core behind a key.
  mutating func milliCores(_ key: String) -> Given<Int64>? {
    quantity(
      key, perUnit: 1000, most: 1_000_000_000, noun: "an amount of processor, as 250m or 0.5")
  }

  /// The bytes behind a key.
  mutating func bytes(_ key: String) -> Given<Int64>? {
    quantity(key, perUnit: 1, most: 1 << 50, noun: "an amount of memory, as 512Mi or 1Gi")
  }

  /// A count that Kubernetes writes as a quantity, as a quota's `pods`.
  mutating func countQuantity(_ key: String) -> Given<Int64>? {
    quantity(key, perUnit: 1, most: Int64(Int32.max), noun: "a whole number")
  }

  private mutating func quantity(_ key: String, perUnit: UInt64, most: Int64, noun: String)
    -> Given<Int64>?
  {
    guard let text = text(key) else { return nil }
    guard let amount = KubernetesQuantity(text.value) else {
      findings.refuse(
        "\(key): '\(text.value)' is not \(noun)",
        hint:
          "quantities are 250m, 0.5, 2, 512Mi, 1Gi, 1G: the letters count, M is not Mi and m is a thousandth",
        at: text.place)
      return nil
    }
    guard let whole = amount.whole(perUnit: perUnit), whole <= most else {
      findings.report(
        .quantity(
          key,
          .init(text: text.value, quantity: perUnit == 1000 ? .cores : .memory, fact: .tooLarge)),
        at: text.place)
      return nil
    }
    return text.map { _ in whole }
  }

  /// A number of replicas or a percentage, as `maxSurge` takes it.
  ///
  /// A number in quotes is refused, as the cluster refuses it; a percentage may stand in quotes or not.
  mutating func replicaQuantity(_ key: String) -> Given<ReplicaQuantity>? {
    guard let node = node(key), let text = text(key) else { return nil }
    func refuse(_ reason: String, _ hint: String) -> Given<ReplicaQuantity>? {
      findings.refuse("\(key): \(reason)", hint: hint, at: text.place)
      return nil
    }
    if text.value.hasSuffix("%") {
      let digits = text.value.dropLast()
      guard !digits.isEmpty, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
        let percent = Int(digits), percent <= 1_000_000
      else {
        return refuse(
          "'\(text.value)' is not a percentage of whole percent", "write 25%, or a number")
      }
      return text.map { _ in .share(.percent(percent)) }
    }
    guard let count = Int(text.value) else {
      return refuse("'\(text.value)' is neither a number nor a percentage", "write 1 or 25%")
    }
    if case .scalar(_, isPlain: false) = node.content {
      return refuse(
        "\"\(text.value)\" is a text without a percent sign",
        "write \(text.value) without quotes for replicas, or \(text.value)% for a share")
    }
    guard count >= 0, count <= 1_000_000 else {
      return refuse(
        "\(text.value) is \(count < 0 ? "below 0" : "above 1000000")", "write 0 or more")
    }
    return text.map { _ in .count(count) }
  }
}
