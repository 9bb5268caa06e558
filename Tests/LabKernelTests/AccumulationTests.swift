import LabKernel
import Testing

@Test func accumulationHasTheMomentsOfItsNumbers() {
  var tally = Accumulation()
  #expect(tally.count == 0 && tally.mean == 0 && tally.variance == 0 && tally.standardError == 0)
  for number in [1.0, 2, 6] { tally.add(number) }
  #expect(tally.count == 3 && tally.mean == 3 && tally.variance == 7)
  #expect(tally.minimum == 1 && tally.maximum == 6)
  #expect(tally.standardError == (7.0 / 3).squareRoot())
}

@Test func varianceSurvivesALargeMean() {
  var tally = Accumulation()
  for number in [1.0, 2, 6] { tally.add(1e12 + number) }
  #expect(abs(tally.variance - 7) < 1e-3)
}
