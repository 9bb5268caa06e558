import LabUnits
import Testing

@testable import LabScenarioFiles

@Suite struct ParameterDecoderTests {
  @Test func leftOutKeysTakeTheirDefaults() {
    let values = Reading("title: t").values
    #expect(Reading("title: t").lines == [])
    #expect(values.integer("replicas") == 3)
    #expect(values.number("factor") == 2)
    #expect(values.flag("mirror") == false)
    #expect(values.text("color") == "red")
    #expect(!values.has("trace"))
    #expect(values.span("wait") == .seconds(30))
    #expect(values.share("share") == .percent(10))
    #expect(values.whole("cpu") == 500)
    #expect(values.whole("memory") == 536_870_912)
    #expect(values.number("rate") == 20)
    #expect(values.number("fee") == 0.25)
    #expect(values.number("price") == 0.03)
    #expect(values.section("probe").span("period") == .seconds(10))
    #expect(values.distribution("startup") == .exponential(mean: .milliseconds(50)))
    #expect(values.list("lengths") == [.span(.seconds(1)), .span(.seconds(2))])
    #expect(
      values.list("plans") == [
        .variant("steady", ParameterValues(["maxSurge": .replicas(.share(.percent(25)))])),
        .variant(
          "stepwise",
          ParameterValues(["weight": .share(.percent(5)), "pause": .span(.seconds(60))])),
      ])
  }

  @Test func writtenKeysTakeTheirPlace() {
    let reading = Reading(
      """
      title: "a: b"
      replicas: "7"
      mirror: true
      probe: {period: 0s}
      startup: {distribution: lognormal, median: 1s, p95: 3s}
      plans: [stepwise2, steady]
      """.replacing("stepwise2", with: "{kind: stepwise, weight: 50%, label: half}"))
    #expect(reading.lines == [])
    #expect(reading.values.text("title") == "a: b")
    #expect(reading.values.integer("replicas") == 7)
    #expect(reading.values.section("probe").integer("successes") == 1)
    #expect(
      reading.values.distribution("startup")
        == .lognormal(median: .seconds(1), percentile95: .seconds(3)))
    #expect(reading.values.list("plans").count == 2)
  }

  @Test func aBareValueIsTheShorthandAndABareWordAForm() {
    #expect(Reading("title: t\nstartup: 5s").values.distribution("startup") == .fixed(.seconds(5)))
    let plans = Reading("title: t\nplans: [steady]").values.list("plans")
    #expect(
      plans == [.variant("steady", ParameterValues(["maxSurge": .replicas(.share(.percent(25)))]))])
  }

  @Test func assumptionsStandInTheOrderOfTheCatalogue() {
    let reading = Reading(
      "plans: [{weight: 20%, kind: stepwise}]\ntitle: t\nstartup: 5s\nprobe: {successes: 2}\nlengths: [3s, 4s]"
    )
    let lines = reading.assumptions.map {
      "\($0.path) = \($0.value)\($0.isGiven ? "" : " (\($0.source))")"
    }
    #expect(
      lines == [
        "title = t", "replicas = 3 (test)", "factor = 2 (test)", "mirror = false (test)",
        "color = red (test)", "wait = 30s (test)", "share = 10% (test)", "cpu = 500m (test)",
        "memory = 512Mi (test)", "rate = 20/s (test)", "fee = $0.25 (test)",
        "price = $0.03/h (test)", "probe.period = 10s (Kubernetes)", "probe.successes = 2",
        "startup = 5s", "plans[0].kind = stepwise", "plans[0].weight = 20%",
        "plans[0].pause = 60s (Flagger)", "lengths = [3s, 4s]",
      ])
  }

  @Test func defaultsOfListsAreSplitIntoTheirLeaves() {
    let lines = Reading("title: t").assumptions.filter { !$0.isGiven }.suffix(7).map {
      "\($0.path) = \($0.value) (\($0.source))"
    }
    #expect(
      lines == [
        "startup.mean = 50ms (textbook)", "plans[0].kind = steady (test)",
        "plans[0].maxSurge = 25% (Kubernetes)", "plans[1].kind = stepwise (test)",
        "plans[1].weight = 5% (test)", "plans[1].pause = 60s (Flagger)",
        "lengths = [1s, 2s] (test)",
      ])
  }

  @Test(arguments: [
    Bad(
      "misspelled key", "title: t\n1️⃣replcas: 3\n",
      "SL040 unknown key 'replcas' -> did you mean replicas?"),
    Bad(
      "key of a section below", "title: t\n1️⃣period: 3s\n",
      "SL040 unknown key 'period' -> `period` belongs under `probe`"),
    Bad(
      "key from the top in a section", "title: t\nprobe:\n  1️⃣color: red\n",
      "SL040 unknown key 'color'"),
    Bad(
      "key of another form", "title: t\nplans:\n- kind: steady\n  1️⃣pause: 5s\n",
      "SL040 unknown key 'pause' -> `pause` belongs under `plans.stepwise`"),
    Bad(
      "nearly a key of a section below", "title: t\n1️⃣sucesses: 3\n",
      "SL040 unknown key 'sucesses' -> did you mean `successes` under `probe`?"),
    Bad("unknown altogether", "title: t\n1️⃣banana: 3\n", "SL040 unknown key 'banana'"),
    Bad(
      "missing key", "1️⃣replicas: 3\n",
      "SL041 'title' is missing -> write `title: some words`"),
    Bad(
      "missing key of a form", "title: t\nplans:\n- 1️⃣kind: stepwise\n",
      "SL041 'weight' is missing in 'plans[0]' -> write `weight: 25%`"),
    Bad(
      "empty value", "title: t\n1️⃣wait:\n",
      "SL042 'wait' has no value -> write its value, or leave the key out"),
    Bad("empty required value", "1️⃣title: ~\n", "SL042 'title' has no value -> write its value"),
    Bad(
      "empty section", "title: t\n1️⃣probe:\n",
      "SL042 'probe' has no value -> write `probe: {}` to take its defaults, or leave the key out"),
    Bad(
      "empty item", "title: t\nlengths: [1s, 1️⃣~]\n",
      "SL042 'lengths[1]' has no value -> write its value, or leave the key out"),
    Bad(
      "empty kind", "title: t\nplans: [{1️⃣kind: }]\n", "SL042 'kind' has no value -> write its value"
    ),
    Bad(
      "list for a value", "title: t\nwait: 1️⃣[5s]\n",
      "SL043 'wait' is a list, expected a length of time"),
    Bad(
      "mapping for a value", "title: t\nreplicas: 1️⃣{a: b}\n",
      "SL043 'replicas' is a mapping, expected a whole number"),
    Bad(
      "value for a section", "title: t\nprobe: 1️⃣5s\n",
      "SL043 'probe' is a single value, expected a mapping of keys"),
    Bad(
      "value for a list", "title: t\nplans: 1️⃣steady\n",
      "SL043 'plans' is a single value, expected a list -> write `plans: [...]`"),
    Bad(
      "list for a variant", "title: t\nstartup: 1️⃣[5s]\n",
      "SL043 'startup' is a list, expected a mapping with `distribution`, or a length of time"),
    Bad(
      "mapping for a kind", "title: t\nplans: [{kind: 1️⃣[a]}]\n",
      "SL043 'kind' is a list, expected one of steady, stepwise"),
    Bad(
      "no items", "title: t\n1️⃣plans: []\n", "SL044 the list 'plans' is empty, it needs at least 1"),
    Bad(
      "unknown kind", "title: t\nplans: [{kind: 1️⃣stepwize}]\n",
      "SL045 'stepwize' is no kind of plan -> did you mean stepwise?"),
    Bad(
      "unknown word", "title: t\nplans: [1️⃣banana]\n",
      "SL045 'banana' is no kind of plan -> write one of steady, stepwise"),
    Bad(
      "no kind", "title: t\nplans: [1️⃣{weight: 5%}]\n",
      "SL046 the plan does not say what it is: 'kind' is missing -> write `kind:` with one of steady, stepwise"
    ),
    Bad(
      "kind as a key", "title: t\nplans:\n- 1️⃣stepwise: {weight: 5%}\n",
      "SL046 the plan does not say what it is: 'kind' is missing -> write `kind: stepwise` and its keys beside it"
    ),
    Bad(
      "misspelled kind", "title: t\nplans: [{1️⃣kid: steady}]\n",
      "SL040 unknown key 'kid' -> did you mean kind?"),
    Bad(
      "wrong shorthand", "title: t\nstartup: 1️⃣90\n",
      "SL060 startup: 90 has no unit -> write 90s, 90m or 90h"),
    Bad(
      "quantiles too far apart",
      "title: t\nstartup: {distribution: lognormal, median: 1ms, p95: 1️⃣1001s}\n",
      "SL086 the 95th percentile 16m41s is more than a million times the median 1ms -> write at most 16m40s"
    ),
    Bad(
      "crossed quantiles", "title: t\nstartup: {distribution: lognormal, median: 5s, p95: 1️⃣3s}\n",
      "SL086 the 95th percentile 3s is below the median 5s -> write at least 5s"
    ),
    Bad(
      "crossed bounds", "title: t\nstartup: {distribution: uniform, from: 5s, to: 1️⃣3s}\n",
      "SL086 the longest length 3s is below the shortest 5s -> write at least 5s"),
  ])
  func badKeysAreSaidWithTheirPlace(_ bad: Bad) {
    bad.check(Reading(MarkedText(bad.marked).text).diagnostics)
  }

  @Test func unknownKeysListWhatIsExpected() {
    let notes = Reading("title: t\nprobe: {perid: 1s}").diagnostics.flatMap { $0.notes }
    #expect(notes == [.init("expected one of period, successes")])
  }

  @Test func allFaultsOfAFileAreSaidAtOnceInOrder() {
    let bad = Bad(
      "many",
      "1️⃣replicas: 2️⃣0\nwait: 3️⃣2h\n4️⃣wiat: 3s\nshare: 5️⃣120%\nplans:\n- {kind: stepwise, weight: 6️⃣5}\n- 7️⃣stedy\n8️⃣replicas: 4\n",
      "SL041 'title' is missing -> write `title: some words`",
      "SL065 replicas 0 is below 1 -> write at least 1",
      "SL065 wait 2h is above 1h -> write at most 1h",
      "SL040 unknown key 'wiat' -> did you mean wait?",
      "SL065 share 120% is above 100% -> write at most 100%",
      "SL060 weight: 5 has no unit -> write 5%",
      "SL045 'stedy' is no kind of plan -> did you mean steady?",
      "SL026 the key 'replicas' is written twice -> keep one of them")
    let found = Reading(MarkedText(bad.marked).text).diagnostics
    // The missing key has the place of the first character, where the first key stands too.
    #expect(found.map(Reading.line).first == "1:1 SL041 'title' is missing")
    bad.check(found)
  }

  @Test func aBrokenDefaultIsTheProgramsFault() {
    let keys: [Parameter] = [.standard("wait", .anySpan, "90", "How long.", source: "nobody")]
    let found = Reading("{}", keys).diagnostics
    #expect(
      found.map { $0.message } == [
        "the program's own default of 'wait', '90', cannot be read: wait: 90 has no unit"
      ])
    #expect(found.map { $0.hint } == ["write `wait` in the file, and report this"])
  }
}
