/// How closely requests are played.
public enum DetailLevel: String, Sendable, Hashable, Codable, CaseIterable {
  /// Between two events all rates are constant, and what became of the requests is drawn in sums.
  case flow
  /// Every request is played: its user, its way, its replica, its wait and its service.
  case request
  /// Requests where the flow has no formula for what the scenario asks for, else the flow.
  case auto
}
