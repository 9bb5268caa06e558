/// What became of the cases of one file, group by group.
struct ConformanceReport {
  struct Group {
    var name: String
    var passed = 0
    var failures: [String] = []
    var notApplicable: [String] = []
  }

  let file: String
  private(set) var groups: [Group] = []

  /// Plays all cases of a file.
  init(file: String, cases: [ConformanceCase], rules: [String: CaseRule]) {
    self.file = file
    for one in cases { play(one, rules[one.group]) }
  }

  var failures: [String] { groups.flatMap(\.failures) }
  var passed: Int { groups.reduce(0) { $0 + $1.passed } }

  private mutating func play(_ one: ConformanceCase, _ rule: CaseRule?) {
    let index =
      groups.firstIndex { $0.name == one.group }
      ?? {
        groups.append(Group(name: one.group))
        return groups.count - 1
      }()
    guard let rule else {
      groups[index].notApplicable.append(
        "\(one.id): no rule of this program is called '\(one.group)'")
      return
    }
    do {
      let answer = try rule(one)
      if let difference = answer.difference(from: one.expect) {
        groups[index].failures.append("\(one.id): \(difference)")
      } else {
        groups[index].passed += 1
      }
    } catch let error as NotApplicable {
      groups[index].notApplicable.append("\(one.id): \(error.reason)")
    } catch {
      groups[index].failures.append("\(one.id): \(error)")
    }
  }

  /// The table for a person: a line for each group, then the reasons.
  var text: String {
    var lines = ["\(file): passed, failed, not applicable"]
    for group in groups {
      let name = group.name.padding(to: 36)
      lines.append(
        "  \(name) \(group.passed) \(group.failures.count) \(group.notApplicable.count)")
      lines += group.failures.map { "    failed \($0)" }
      lines += group.notApplicable.map { "    not applicable \($0)" }
    }
    return lines.joined(separator: "\n")
  }
}

extension String {
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
