/// The version of this program, as it is printed and kept with every experiment.
enum ProgramVersion {
  /// The version in the sense of semantic versioning.
  ///
  /// It changes whenever the same scenario and seed could give other results, because an experiment
  /// may only be resumed by the version that began it.
  static let text = "0.1.0"
}
