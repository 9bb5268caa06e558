import LabUnits
import Testing

@testable import LabScenarioFiles

@Suite struct ScalarReaderTests {
  private func read(_ text: String, _ kind: ParameterKind) -> String {
    do throws(ScenarioFault) {
      return "\(try ScalarReader.value(text, as: kind, key: "key"))"
    } catch { return "\(error.message) -> \(error.hint)" }
  }

  @Test(
    arguments: [
      ("40", .integer(1...100), "integer(40)"),
      ("-5", .integer(-10...10), "integer(-5)"),
      ("0", .integer(0...5), "integer(0)"),
      ("0", .integer(1...100), "key 0 is below 1 -> write at least 1"),
      ("101", .integer(1...100), "key 101 is above 100 -> write at most 100"),
      (
        "99999999999999999999", .integer(1...100),
        "key 99999999999999999999 is above 100 -> write at most 100"
      ),
      (
        "-99999999999999999999", .integer(1...100),
        "key -99999999999999999999 is below 1 -> write at least 1"
      ),
      (
        "1.5", .integer(1...100),
        "key: '1.5' is not a whole number -> write a whole number such as 3"
      ),
      (
        "1e2", .integer(1...100),
        "key: '1e2' is not a whole number -> write a whole number such as 3"
      ),
      ("010", .integer(1...100), "key: '010' is not a whole number -> write 10"),
      ("1_000", .integer(1...9999), "key: '1_000' is not a whole number -> write 1000"),
      ("1,000", .integer(1...9999), "key: '1,000' is not a whole number -> write 1000"),
      (
        "0x1F", .integer(1...100),
        "key: '0x1F' is not a whole number -> write a whole number such as 3"
      ),
      (
        "many", .integer(1...100),
        "key: 'many' is not a whole number -> write a whole number such as 3"
      ),
      (
        ".nan", .integer(1...100),
        "key: '.nan' is not a finite number -> write a number such as 3 or 0.5"
      ),
      ("0.5", .number(0...1), "number(0.5)"),
      ("1e-3", .number(0...1), "number(0.001)"),
      ("2", .number(0...1), "key 2 is above 1 -> write at most 1"),
      ("-0.1", .number(0.5...1), "key -0.1 is below 0.5 -> write at least 0.5"),
      ("1e999", .number(0...1), "key 1e999 is above 1 -> write at most 1"),
      (
        "nan", .number(0...1),
        "key: 'nan' is not a finite number -> write a number such as 3 or 0.5"
      ),
      (
        "-.inf", .number(0...1),
        "key: '-.inf' is not a finite number -> write a number such as 3 or 0.5"
      ),
      ("0x1p3", .number(0...1), "key: '0x1p3' is not a number -> write a number such as 3 or 0.5"),
      (".5", .number(0...1), "key: '.5' is not a number -> write a number such as 3 or 0.5"),
      ("true", .flag, "flag(true)"),
      ("yes", .flag, "key: 'yes' is neither true nor false -> write true or false"),
      ("True", .flag, "key: 'True' is neither true nor false -> write true or false"),
      ("", .text, "key is an empty text -> write a text, or leave the key out"),
      ("red", .choice(["red", "blue"]), "text(\"red\")"),
      ("rad", .choice(["red", "blue"]), "key: 'rad' is not one of red, blue -> did you mean red?"),
      (
        "pink", .choice(["red", "blue"]),
        "key: 'pink' is not one of red, blue -> write one of red, blue"
      ),
      ("-1s", .anySpan, "key: '-1s' is negative -> write 1s, or 0 if there is none"),
      ("0s", .positiveSpan, "key 0s is below 1ns -> write at least 1ns"),
      ("367d", .anySpan, "key 367d is above 8784h -> write at most 8784h"),
      ("120%", .part, "key 120% is above 100% -> write at most 100%"),
      ("0.25", .dollars, "key: 0.25 has no unit -> write $0.25"),
    ] as [(String, ParameterKind, String)])
  func reads(_ text: String, _ kind: ParameterKind, _ expected: String) {
    #expect(read(text, kind) == expected)
  }
}
