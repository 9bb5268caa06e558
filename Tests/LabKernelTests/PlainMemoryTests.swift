import Testing

@testable import LabKernel

/// Plain memory holds what an array would.
struct PlainMemoryTests {
  @Test(arguments: 0..<5) func itHoldsWhatAnArrayHolds(entity: Int) {
    var stream = RandomStream.testing(entity: entity)
    var memory = PlainMemory<Int>()
    var array: [Int] = []
    for number in 0..<2000 {
      switch stream.index(below: 20) {
      case 0..<10:
        memory.append(number)
        array.append(number)
      case 10..<14:
        guard let last = array.popLast() else { continue }
        #expect(memory.removeLast() == last)
      case 14..<17 where !array.isEmpty:
        let place = stream.index(below: array.count)
        memory[place] += number
        array[place] += number
      case 17:
        memory.append(repeating: number, count: 3)
        array += [number, number, number]
      case 18 where number % 7 == 0:
        memory.removeAll()
        array.removeAll()
      default:
        memory.reserveCapacity(stream.index(below: 300))
      }
      #expect(memory.count == array.count && memory.isEmpty == array.isEmpty)
      #expect(memory.last == array.last)
      if number % 50 == 0 { #expect(Array(memory.elements) == array) }
    }
    #expect(Array(memory.elements) == array)
  }

  @Test func equalElementsAreThereAtOnce() {
    let memory = PlainMemory(repeating: UInt8(7), count: 100)
    #expect(memory.count == 100 && memory.elements.allSatisfy { $0 == 7 })
    #expect(PlainMemory<Int>(repeating: 1, count: 0).isEmpty)
  }

  @Test func aCopyIsReadWhileTheOriginalRests() {
    var memory = PlainMemory<Int>()
    for number in 0..<10 { memory.append(number) }
    let copy = memory
    memory = PlainMemory()
    #expect(copy[9] == 9 && memory.isEmpty, "the copy keeps the memory")
  }

  @Test(arguments: [1, 9, 1000, 100_000]) func itBeginsWithACacheLine(count: Int) {
    let memory = PlainMemory<Int32>(repeating: 7, count: count)
    #expect(memory.elements.baseAddress.map { Int(bitPattern: $0) % 64 } == 0)
  }
}
