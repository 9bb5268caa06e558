/// The automaton of a regular expression, and its play on a text.
struct PatternProgram {
  /// One state.
  private enum Instruction {
    /// Goes on with the next state if the next character is in the set.
    case set(PatternSet)
    /// Goes on with the next state if the place is right.
    case assertion(PatternAssertion)
    /// Goes on with both states.
    case split(Int, Int)
    /// Goes on with another state.
    case jump(Int)
    /// The pattern is at its end.
    case accept
  }

  /// The most states; `((a{1000}){1000}){1000}` would have a billion.
  private static let mostStates = 10_000

  private var instructions: [Instruction] = []

  /// The automaton of a pattern's pieces.
  ///
  /// - Throws: ``PatternError`` if it would have more than 10,000 states.
  init(_ node: PatternNode) throws(PatternError) {
    try emit(node)
    try append(.accept)
  }

  private mutating func append(_ instruction: Instruction) throws(PatternError) {
    guard instructions.count < Self.mostStates else {
      throw PatternError(
        "the pattern would have more than \(Self.mostStates) states", at: 0, isUnsupported: true)
    }
    instructions.append(instruction)
  }

  private mutating func emit(_ node: PatternNode) throws(PatternError) {
    switch node {
    case .empty: break
    case .set(let set): try append(.set(set))
    case .assertion(let assertion): try append(.assertion(assertion))
    case .sequence(let items): for item in items { try emit(item) }
    case .choice(let branches): try emitChoice(branches)
    case .repetition(let piece, let least, let most):
      for _ in 0..<least {
        let before = instructions.count
        try emit(piece)
        // Nothing repeated is nothing; `((){1000}){1000}` shall not be walked through.
        if instructions.count == before { break }
      }
      guard let most else { return try emitLoop(piece) }
      var splits: [Int] = []
      for _ in least..<most {
        splits.append(instructions.count)
        try append(.jump(0))
        try emit(piece)
      }
      for split in splits { instructions[split] = .split(split + 1, instructions.count) }
    }
  }

  private mutating func emitChoice(_ branches: [PatternNode]) throws(PatternError) {
    var jumps: [Int] = []
    for (index, branch) in branches.enumerated() {
      guard index < branches.count - 1 else {
        try emit(branch)
        break
      }
      let split = instructions.count
      try append(.jump(0))
      try emit(branch)
      jumps.append(instructions.count)
      try append(.jump(0))
      instructions[split] = .split(split + 1, instructions.count)
    }
    for jump in jumps { instructions[jump] = .jump(instructions.count) }
  }

  private mutating func emitLoop(_ piece: PatternNode) throws(PatternError) {
    let start = instructions.count
    try append(.jump(0))
    try emit(piece)
    try append(.jump(start))
    instructions[start] = .split(start + 1, instructions.count)
  }

  /// Whether the automaton accepts the value, or some part of it.
  ///
  /// - Complexity: the number of states times the number of characters.
  func run(_ value: String, isWhole: Bool) -> Bool {
    let scalars = Array(value.unicodeScalars)
    var states = StateSet(count: instructions.count)
    var following = StateSet(count: instructions.count)
    for index in 0...scalars.count {
      let before = index > 0 ? scalars[index - 1] : nil
      let after = index < scalars.count ? scalars[index] : nil
      if index == 0 || !isWhole { states.insert(0) }
      close(&states, before: before, after: after)
      if states.contains(instructions.count - 1), !isWhole || after == nil { return true }
      guard let after else { return false }
      following.removeAll()
      for state in states.members {
        if case .set(let set) = instructions[state], set.contains(after) {
          following.insert(state + 1)
        }
      }
      swap(&states, &following)
      if isWhole, states.members.isEmpty { return false }
    }
    return false
  }

  /// Adds every state that is reached without a character.
  private func close(
    _ states: inout StateSet, before: Unicode.Scalar?, after: Unicode.Scalar?
  ) {
    var index = 0
    while index < states.members.count {
      let state = states.members[index]
      switch instructions[state] {
      case .split(let first, let second):
        states.insert(first)
        states.insert(second)
      case .jump(let target): states.insert(target)
      case .assertion(let assertion):
        if assertion.holds(before: before, after: after) { states.insert(state + 1) }
      case .set, .accept: break
      }
      index += 1
    }
  }
}

/// A set of states that remembers the order in which they came.
private struct StateSet {
  private(set) var members: [Int] = []
  private var isMember: [Bool]

  init(count: Int) { isMember = Array(repeating: false, count: count) }

  func contains(_ state: Int) -> Bool { isMember[state] }

  mutating func insert(_ state: Int) {
    guard !isMember[state] else { return }
    isMember[state] = true
    members.append(state)
  }

  mutating func removeAll() {
    for state in members { isMember[state] = false }
    members.removeAll(keepingCapacity: true)
  }
}
