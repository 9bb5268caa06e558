/// The stable name of one kind of finding; a heading of the reference page.
///
/// Codes are never used again for something else: new ones are added at the end of their group.
public enum DiagnosticCode: String, Sendable, Hashable, CaseIterable {
  /// The file does not exist.
  case fileMissing = "SL001"
  /// A file was expected where a folder lies.
  case fileIsFolder = "SL002"
  /// Pipes, sockets and devices are not read.
  case fileNotRegular = "SL003"
  /// The file may not be read.
  case fileForbidden = "SL004"
  /// The file is larger than what is read.
  case fileTooLarge = "SL005"
  /// The system refuses to read the file.
  case fileUnreadable = "SL006"
  /// The file holds bytes that are not UTF-8 text.
  case notText = "SL007"
  /// The file holds no value.
  case emptyFile = "SL008"

  /// The file is not valid YAML.
  case yamlSyntax = "SL020"
  /// A tab stands where YAML wants spaces.
  case tabIndentation = "SL021"
  /// The file, aliases written out, holds more values than are read.
  case tooManyValues = "SL022"
  /// Values are nested deeper than is read.
  case tooDeep = "SL023"
  /// An alias names no value that stands before it.
  case alias = "SL024"
  /// A scenario file holds one YAML document.
  case secondDocument = "SL025"
  /// A key is written twice in one mapping.
  case duplicateKey = "SL026"
  /// A key is a list or a mapping.
  case keyNotText = "SL027"
  /// YAML tags are not read.
  case tag = "SL028"
  /// A merge key takes the keys of one mapping that does not merge itself.
  case merge = "SL029"

  /// The key is not one of those that may stand here.
  case unknownKey = "SL040"
  /// A key that must be written is missing.
  case missingKey = "SL041"
  /// A key has no value.
  case emptyValue = "SL042"
  /// A value, a list or a mapping stands where something else is expected.
  case wrongShape = "SL043"
  /// A list has too few items.
  case tooFewItems = "SL044"
  /// The word names no form of this thing.
  case unknownForm = "SL045"
  /// The key that names the form is missing.
  case missingForm = "SL046"
  /// A default of the program itself cannot be read.
  case brokenDefault = "SL047"

  /// The text is not the quantity that is expected.
  case quantity = "SL060"
  /// The text is not a number.
  case notANumber = "SL061"
  /// The text is neither true nor false.
  case notAFlag = "SL062"
  /// The word is not one of those that may stand here.
  case notAChoice = "SL063"
  /// The text is empty.
  case emptyText = "SL064"
  /// The value lies outside of its range.
  case outOfRange = "SL065"

  /// Values contradict each other.
  case contradiction = "SL080"
  /// Values under `cluster` contradict each other or the service.
  case clusterContradiction = "SL081"
  /// Values under `traffic` contradict each other or the horizon.
  case trafficContradiction = "SL082"
  /// Values of a strategy contradict each other or the service.
  case strategyContradiction = "SL083"
  /// Values under `experiment` contradict the strategies.
  case experimentContradiction = "SL084"
  /// Values under `release` contradict each other.
  case releaseContradiction = "SL085"
  /// Values of a distribution contradict each other.
  case distributionContradiction = "SL086"
  /// Values under `autoscaler` contradict each other or the service.
  case autoscalerContradiction = "SL087"

  /// The trace file cannot be read.
  case traceUnreadable = "SL100"
  /// The trace does not cover the horizon.
  case traceTooShort = "SL101"
  /// The trace would be counted in too many pieces.
  case traceBin = "SL102"
  /// The header line of the trace does not say what the columns hold.
  case traceHeader = "SL103"
  /// A line of the trace is not one row of the table.
  case traceRow = "SL104"
  /// A time of the trace cannot be read, or goes back.
  case traceTime = "SL105"
  /// A value of the trace cannot be read, or is out of range.
  case traceValue = "SL106"

  /// The cluster would refuse the manifest.
  case manifestRefused = "SL120"
  /// The value is no object of a cluster: `apiVersion`, `kind` or `metadata.name` is missing.
  case manifestNoObject = "SL121"
  /// Two manifests describe the same object.
  case manifestTwice = "SL122"
  /// A manifest names an object that no manifest describes.
  case manifestReference = "SL123"
  /// Nothing among the manifests can be released.
  case manifestNoWorkload = "SL124"
  /// Several workloads could be meant.
  case manifestAmbiguous = "SL125"
  /// The manifest says something that the model cannot play.
  case manifestUnplayable = "SL126"

  /// One sentence about what the code stands for.
  public var meaning: String {
    switch self {
    case .fileMissing: "The file does not exist."
    case .fileIsFolder: "A file was expected where a folder lies."
    case .fileNotRegular: "Pipes, sockets and devices are not read."
    case .fileForbidden: "The file may not be read."
    case .fileTooLarge: "The file is larger than what is read."
    case .fileUnreadable: "The system refuses to read the file."
    case .notText: "The file holds bytes that are not UTF-8 text."
    case .emptyFile: "The file holds no value."
    case .yamlSyntax: "The file is not valid YAML."
    case .tabIndentation: "A tab stands where YAML wants spaces."
    case .tooManyValues: "The file, aliases written out, holds more values than are read."
    case .tooDeep: "Values are nested deeper than is read."
    case .alias: "An alias names no value that stands before it."
    case .secondDocument: "A scenario file holds one YAML document."
    case .duplicateKey: "A key is written twice in one mapping."
    case .keyNotText: "A key is a list or a mapping."
    case .tag: "YAML tags are not read."
    case .merge: "A merge key takes the keys of one mapping that does not merge itself."
    case .unknownKey: "The key is not one of those that may stand here."
    case .missingKey: "A key that must be written is missing."
    case .emptyValue: "A key has no value."
    case .wrongShape: "A value, a list or a mapping stands where something else is expected."
    case .tooFewItems: "A list has too few items."
    case .unknownForm: "The word names no form of this thing."
    case .missingForm: "The key that names the form is missing."
    case .brokenDefault: "A default of the program itself cannot be read."
    case .quantity: "The text is not the quantity that is expected."
    case .outOfRange: "The value lies outside of its range."
    case .notANumber: "The text is not a number."
    case .notAFlag: "The text is neither true nor false."
    case .notAChoice: "The word is not one of those that may stand here."
    case .emptyText: "The text is empty."
    case .contradiction: "Values contradict each other."
    case .clusterContradiction: "Values under `cluster` contradict each other or the service."
    case .trafficContradiction: "Values under `traffic` contradict each other or the horizon."
    case .strategyContradiction: "Values of a strategy contradict each other or the service."
    case .experimentContradiction: "Values under `experiment` contradict the strategies."
    case .releaseContradiction: "Values under `release` contradict each other."
    case .distributionContradiction: "Values of a distribution contradict each other."
    case .autoscalerContradiction:
      "Values under `autoscaler` contradict each other or the service."
    case .traceUnreadable: "The trace file cannot be read."
    case .traceTooShort: "The trace does not cover the horizon."
    case .traceBin: "The trace would be counted in too many pieces."
    case .traceHeader: "The header line of the trace does not say what the columns hold."
    case .traceRow: "A line of the trace is not one row of the table."
    case .traceTime: "A time of the trace cannot be read, or goes back."
    case .traceValue: "A value of the trace cannot be read, or is out of range."
    case .manifestRefused: "The cluster would refuse the manifest."
    case .manifestNoObject:
      "The value is no object of a cluster: `apiVersion`, `kind` or `metadata.name` is missing."
    case .manifestTwice: "Two manifests describe the same object."
    case .manifestReference: "A manifest names an object that no manifest describes."
    case .manifestNoWorkload: "Nothing among the manifests can be released."
    case .manifestAmbiguous: "Several workloads could be meant."
    case .manifestUnplayable: "The manifest says something that the model cannot play."
    }
  }
}
