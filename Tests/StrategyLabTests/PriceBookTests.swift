import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// Prices of nodes that are split as OpenCost does, against its published rule.
struct PriceBookTests {
  /// OpenCost specification v0.1, appendix A: the split keeps the ratio of the default prices.
  @Test(arguments: [
    (0.0816, 0.02656003544456846, 0.0035599909388578845),
    (0.096, 0.03124710146419819, 0.004188224633950452),
  ])
  func aNodeIsSplitAsOpenCostDoes(_ node: Double, _ core: Double, _ gibibyte: Double) {
    let book = PriceBook(
      name: "n", nodePerHour: node, cores: 2, gibibytes: 8, source: "", date: "")
    #expect(abs(book.corePerHour - core) < 1e-9)
    #expect(abs(book.gibibytePerHour - gibibyte) < 1e-9)
    let capacity = ComputeResources(milliCores: 2000, memoryBytes: 8 << 30)
    #expect(abs(book.nodePerHour(capacity) - node) < 1e-12)
  }

  @Test func theStandardBookIsWhatScenariosHaveByDefault() {
    // n2-standard-2 costs $0.097118: both halves of the default say the same.
    let capacity = ComputeResources(milliCores: 2000, memoryBytes: 8 << 30)
    #expect(abs(PriceBook.standard.nodePerHour(capacity) - 0.097118) < 1e-12)
  }

  @Test func everyBookHasItsSourceAndItsDate() {
    #expect(Set(PriceBook.all.map(\.name)).count == PriceBook.all.count)
    for book in PriceBook.all {
      #expect(!book.source.isEmpty)
      #expect(book.date.count == 10 && book.date.hasPrefix("20"))
      #expect(book.corePerHour > 0 && book.gibibytePerHour > 0)
    }
  }

  @Test func aScenarioTakesThePricesOfABook() throws {
    let book = try #require(PriceBook.all.first { $0.name == "aws-m5" })
    var scenario = plainScenario(strategies: [Recreate()])
    scenario.take(book)
    #expect(scenario.cluster.prices.corePerHour == book.corePerHour)
    #expect(scenario.cluster.prices.gibibytePerHour == book.gibibytePerHour)
    // A node of 4 cores and 16 GiB is an m5.xlarge.
    #expect(abs(scenario.cluster.prices.nodePerHour - 0.192) < 1e-12)
  }
}
