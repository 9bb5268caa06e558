import LabStrategies
import LabUnits

extension Scenario {
  /// The keys of a scenario file, from the top.
  public static let parameters: [Parameter] = [
    .optional("title", .text, "A line that says what the scenario is about."),
    .required(
      "service", .section(ServiceModel.parameters),
      "What runs: replicas, what each asks for, how it starts, serves and stops."),
    .standard(
      "cluster", .section(ClusterModel.parameters), "{}",
      "Where it runs: nodes, quota, the speed of the control plane, prices.", source: ""),
    .optional(
      "scarce", .list(.variant(ScarceThing.family), minimumCount: 1),
      "What replicas take besides processor and memory, and of which there is only so much."),
    .optional(
      "autoscaler", .section(AutoscalerModel.parameters),
      "A HorizontalPodAutoscaler beside the release; the desired replicas never change if left out."
    ),
    .required(
      "traffic", .variant(TrafficModel.family),
      "How many requests arrive: constant, a daily curve, steps, or a recorded trace."),
    .standard(
      "users", .section(UserModel.parameters), "{}",
      "Who sends the requests: population, activity, sessions, stickiness.", source: ""),
    .standard(
      "release", .section(ReleaseRisk.parameters), "{}",
      "What may be wrong with the candidate, and how probable that is.", source: ""),
    .standard(
      "monitoring", .section(MonitoringModel.parameters), "{}",
      "What watches the release, and what it makes of the counts.", source: ""),
    .standard(
      "people", .section(PeopleModel.parameters), "{}",
      "Who reacts, how late, and what their time costs.", source: ""),
    .standard(
      "costs", .section(CostModel.parameters), "{}",
      "What failures cost, and the objective they are held against.", source: ""),
    .standard(
      "strategies", .list(.variant(StrategyRegistry.family), minimumCount: 1),
      "[recreate, rolling-update, blue-green, canary, shadow]", "The strategies to compare.",
      source: "the textbook strategies with their own defaults"),
    .standard(
      "experiment", .section(ExperimentPlan.parameters), "{}",
      "How the comparison is run: replications, seed, horizon.", source: ""),
  ]

  /// The scenario that a file describes, once every single key was read well.
  ///
  /// - Parameters:
  ///   - name: The file's name without folder and ending.
  ///   - values: The values of ``parameters``, defaults filled in.
  ///   - trace: The recorded traffic, where `traffic` is of the form `trace`.
  /// - Precondition: `trace` is given exactly when the form is `trace`.
  public init(name: String, values: ParameterValues, trace: TrafficModel? = nil) {
    let experiment = ExperimentPlan(values.section("experiment"))
    let (form, keys) = values.variant("traffic")
    guard let traffic = trace ?? TrafficModel(form: form, values: keys, horizon: experiment.horizon)
    else { preconditionFailure("the trace of the traffic was not read") }
    self.init(
      name: name,
      title: values.has("title") ? values.text("title") : name,
      service: ServiceModel(values.section("service")),
      cluster: ClusterModel(values.section("cluster")),
      scarce: values.has("scarce")
        ? values.list("scarce").compactMap { item in
          guard case .variant(let kind, let keys) = item else { return nil }
          return ScarceThing(kind: kind, keys)
        } : [],
      autoscaler: values.has("autoscaler")
        ? AutoscalerModel(values.section("autoscaler")) : nil,
      traffic: traffic,
      users: UserModel(values.section("users")),
      release: ReleaseRisk(values.section("release")),
      monitoring: MonitoringModel(values.section("monitoring")),
      people: PeopleModel(values.section("people")),
      costs: CostModel(values.section("costs")),
      strategies: values.list("strategies").compactMap { item in
        guard case .variant(let kind, let keys) = item,
          let strategy = StrategyRegistry.strategy(kind: kind, values: keys)
        else { return nil }
        return NamedStrategy(name: keys.has("name") ? keys.text("name") : kind, strategy: strategy)
      },
      experiment: experiment)
  }
}
