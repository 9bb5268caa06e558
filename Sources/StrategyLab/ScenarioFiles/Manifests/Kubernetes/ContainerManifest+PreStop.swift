extension ContainerManifest {
  /// The seconds that a `preStop` hook sleeps; nil if there is none, or none that can be read.
  static func preStop(_ fields: inout ManifestFields) -> Given<Int>? {
    guard var lifecycle = fields.section("lifecycle") else { return nil }
    lifecycle.leaveOut(["postStart", "stopSignal"])
    defer { lifecycle.close() }
    guard var hook = lifecycle.section("preStop") else { return nil }
    defer { hook.close() }
    if var sleep = hook.section("sleep") {
      let seconds = sleep.integer("seconds")
      sleep.close()
      return seconds
    }
    if var exec = hook.section("exec") {
      let words = exec.texts("command")
      exec.close()
      if let seconds = sleepSeconds(words.map { $0.value }), let first = words.first {
        return first.map { _ in seconds }
      }
      exec.findings.leaveOut(
        LeftOutField(
          object: exec.object, path: exec.path,
          reason: "no 'sleep N' is in the command, so that nobody knows how long it takes",
          place: exec.place))
      return nil
    }
    hook.leaveOut(["httpGet", "tcpSocket"], "how long the call takes stands nowhere")
    return nil
  }

  /// The seconds of the first `sleep N` in a command: `["sleep", "15"]`, `["sh", "-c", "sleep 15"]`.
  static func sleepSeconds(_ command: [String]) -> Int? {
    let words = command.flatMap { argument in
      argument.split { " \t\n;&|()\"'".contains($0) }.map(String.init)
    }
    for (index, word) in words.enumerated() where word == "sleep" || word.hasSuffix("/sleep") {
      guard index + 1 < words.count else { return nil }
      var number = words[index + 1]
      var unit = 1
      if let last = number.last, let factor = ["s": 1, "m": 60, "h": 3600][last] {
        unit = factor
        number.removeLast()
      }
      guard let value = Double(number), value.isFinite, value >= 0, value <= 86_400 else {
        return nil
      }
      return Int((value * Double(unit)).rounded(.up))
    }
    return nil
  }
}
