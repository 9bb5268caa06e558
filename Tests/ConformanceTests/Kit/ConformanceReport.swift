/// What became of the cases of one file, group by group.
struct ConformanceReport {
  struct Group {
    var name: String
    var passed = 0
    var failures: [String] = []
    var notApplicable: [String] = []
    /// Passed cases to a part of which the program has no answer.
    var partly: [String] = []
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
      judge(try rule(one), of: one, at: index, without: nil)
    } catch let partial as PartialAnswer {
      judge(partial.answer, of: one, at: index, without: partial.reason)
    } catch let error as NotApplicable {
      groups[index].notApplicable.append("\(one.id): \(error.reason)")
    } catch {
      groups[index].failures.append("\(one.id): \(error)")
    }
  }

  private mutating func judge(
    _ answer: CaseValue, of one: ConformanceCase, at index: Int, without reason: String?
  ) {
    if let difference = answer.difference(
      from: one.expect, within: one.tolerance, isPartial: reason != nil)
    {
      groups[index].failures.append("\(one.id): \(difference)")
      return
    }
    let asked = Set(one.expect.object?.keys.map { $0 } ?? [])
    let unanswered = asked.subtracting(answer.object?.keys.map { $0 } ?? []).sorted()
    if let reason, unanswered.count == asked.count {
      groups[index].notApplicable.append("\(one.id): \(reason)")
      return
    }
    groups[index].passed += 1
    guard let reason, !unanswered.isEmpty else { return }
    groups[index].partly.append(
      "\(one.id): without \(unanswered.joined(separator: ", ")): \(reason)")
  }

  /// The table for a person: a line for each group, then the reasons.
  var text: String {
    var lines = ["\(file): passed, failed, not applicable"]
    for group in groups {
      let name = group.name.padding(to: 36)
      lines.append(
        "  \(name) \(group.passed) \(group.failures.count) \(group.notApplicable.count)")
      lines += group.failures.map { "    failed \($0)" }
      lines += group.partly.map { "    passed in part \($0)" }
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
