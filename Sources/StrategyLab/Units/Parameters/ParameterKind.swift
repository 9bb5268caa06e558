/// What may stand behind a key of a scenario file, with the unit it is written in and its range.
public indirect enum ParameterKind: Sendable, Hashable {
  /// A whole number without a unit: `40`.
  case integer(ClosedRange<Int>)
  /// A number without a unit: `0.5`.
  case number(ClosedRange<Double>)
  /// `true` or `false`.
  case flag
  /// Free text.
  case text
  /// The path of a file, relative to the scenario's own folder.
  case file
  /// One of a few words.
  case choice([String])
  /// A length of time with its unit: `90s`, `1h30m`, `250ms`.
  case span(ClosedRange<Span>)
  /// A percentage: `25%`.
  case share(ClosedRange<Share>)
  /// A count or a percentage of the desired replicas: `3`, `25%`.
  case replicas
  /// Processor: `500m` (thousandths of a core) or `2`, `0.5` (cores).
  case milliCores
  /// Memory: `512Mi`, `2Gi`, `1G`, or plain bytes.
  case bytes
  /// Events per unit of time, read as events per second: `1200/s`, `90/min`, `5000/h`.
  case rate
  /// A sum of money: `$0.25`.
  case dollars
  /// A price for an hour: `$0.0316/h`.
  case dollarsPerHour
  /// A mapping with keys of its own.
  case section([Parameter])
  /// A list whose items are all of one kind, with the least number of items.
  case list(ParameterKind, minimumCount: Int)
  /// A mapping whose keys depend on one of them, such as `kind: canary`.
  case variant(VariantFamily)

  /// Any length of time from nothing to a year.
  public static let anySpan = ParameterKind.span(.zero ... .hours(24 * 366))
  /// Any length of time above nothing, up to a year.
  public static let positiveSpan = ParameterKind.span(Span(nanoseconds: 1) ... .hours(24 * 366))
  /// Any part of a whole.
  public static let part = ParameterKind.share(Share.none ... .whole)
}

/// The forms that one key can take, told apart by a discriminating key.
///
///     traffic: 1200/s                            # the shorthand
///     traffic: {kind: constant, rate: 1200/s}    # the same in full
///     strategies: [recreate, {kind: canary}]     # a bare word names a form whose keys all have defaults
public struct VariantFamily: Sendable, Hashable {
  /// What the family is called in messages: `strategy`, `defect`, `traffic`.
  public let name: String
  /// The key that names the form: `kind`.
  public let discriminator: String
  /// The form that is meant when the discriminator is left out; nil if it must be written.
  public let standardForm: String?
  /// The form and the key that a bare value stands for; nil if only a form's name may stand alone.
  public let shorthand: Shorthand?
  /// All forms, in the order in which the reference lists them.
  public let forms: [VariantForm]
  /// Keys that every form has besides its own.
  public let commonParameters: [Parameter]

  /// The form and key that a bare value stands for.
  public struct Shorthand: Sendable, Hashable {
    /// The name of the form.
    public let form: String
    /// The key whose value the bare value is.
    public let key: String

    /// A bare value that stands for one key of one form.
    public init(form: String, key: String) {
      self.form = form
      self.key = key
    }
  }

  /// A family of forms.
  public init(
    name: String, discriminator: String = "kind", standardForm: String? = nil,
    shorthand: Shorthand? = nil, commonParameters: [Parameter] = [], forms: [VariantForm]
  ) {
    self.name = name
    self.discriminator = discriminator
    self.standardForm = standardForm
    self.shorthand = shorthand
    self.commonParameters = commonParameters
    self.forms = forms
  }

  /// The form of the given name; nil if there is none.
  public func form(named name: String) -> VariantForm? { forms.first { $0.name == name } }
}

/// One form of a ``VariantFamily``: its name, what it is, and its own keys.
public struct VariantForm: Sendable, Hashable {
  /// The word behind the discriminating key: `canary`.
  public let name: String
  /// One sentence that says what the form is.
  public let summary: String
  /// The keys of this form, without the family's common ones.
  public let parameters: [Parameter]

  /// A form of a family.
  public init(name: String, summary: String, parameters: [Parameter]) {
    self.name = name
    self.summary = summary
    self.parameters = parameters
  }
}
