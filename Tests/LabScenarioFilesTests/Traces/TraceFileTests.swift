import LabUnits
import StrategyLab
import Testing

@testable import LabScenarioFiles

@Suite struct TraceFileTests {
  private func read(
    _ text: String, _ horizon: Span, values: String = "auto", scale: Double = 1,
    from: Span = .zero, bin: Span = .seconds(10)
  ) -> TraceFile {
    TraceFile(
      Array(text.utf8),
      TraceFile.Options(values: values, scale: scale, from: from, bin: bin, horizon: horizon))
  }

  private func steps(_ trace: TraceFile) -> [String] {
    trace.traffic?.steps.map {
      "\(Span(nanoseconds: $0.start.nanoseconds).text) \(NumberText.text($0.requestsPerSecond))"
    } ?? trace.faults.map { "\($0.mark.line):\($0.mark.column) \($0.fault.message)" }
      + trace.misuse.map { "\($0.key): \($0.fault.message) -> \($0.fault.hint)" }
  }

  @Test func ratesHoldUntilTheNextRow() {
    let text = "seconds,requests_per_second\n0,10\n30.5,0\n60,5\n90,5\n120,7\n"
    #expect(steps(read(text, .seconds(150))) == ["0s 10", "30.5s 0", "60s 5", "2m 7"])
    #expect(read(text, .seconds(150)).traffic?.form == "trace")
    #expect(steps(read(text, .seconds(50))) == ["0s 10", "30.5s 0"])
    #expect(steps(read(text, .seconds(60), from: .seconds(45))) == ["0s 0", "15s 5"])
    #expect(steps(read(text, .seconds(20), scale: 2.5)) == ["0s 25"])
  }

  @Test func countsAreSpreadOverTheUsualStepAndGapsHoldTheRateBefore() {
    let text = """
      timestamp,value
      2014-04-10 00:04:00,300.0
      2014-04-10 00:09:00,600.0
      2014-04-10 00:19:00,0.0
      2014-04-10 00:24:00,900
      2014-04-10 00:26:00,120

      """
    // 600 requests in five minutes are 2/s, through the missing sample at 00:14 too; the step before the
    // last row is two minutes short, and its count belongs to those two minutes.
    #expect(
      steps(read(text, .minutes(27))) == ["0s 1", "5m 2", "15m 0", "20m 7.5", "22m 0.4"])
  }

  @Test func zonesAreReadAndLinesMayEndInCarriageReturns() {
    let text =
      "timestamp,requests\r\n1995-07-01T00:00:00-04:00,60\r\n1995-07-01T05:01:00+01:00,120\r\n1995-07-01T04:02Z,180"
    #expect(steps(read(text, .minutes(3))) == ["0s 1", "60s 2", "2m 3"])
  }

  @Test func arrivalsAreCountedInBins() {
    let text = """
      TIMESTAMP,ContextTokens,GeneratedTokens
      2023-11-16 18:17:03.9799600,4808,10
      2023-11-16 18:17:04.0319600,3180,8
      2023-11-16 18:17:04.0319600,3180,8
      2023-11-16 18:17:09.0781490,110,27
      2023-11-16 18:17:24.9799600,110,27
      """
    #expect(steps(read(text, .seconds(20), bin: .seconds(5))) == ["0s 0.6", "5s 0.2", "10s 0"])
    #expect(
      steps(read(text, .seconds(30), bin: .seconds(5))) == [
        "file: the trace is 20s long, the horizon is 30s -> write `experiment.horizon: 20s` or shorter"
      ])
    #expect(
      steps(read(text, .hours(2000), bin: Span(nanoseconds: 1000))) == [
        "bin: bin 1us cuts the horizon into more than 1000000 pieces -> write a longer bin"
      ])
  }

  @Test func oneColumnOfTimesIsArrivals() {
    #expect(
      steps(read("arrival\n0\n1\n1\n2\n", .seconds(2), bin: .seconds(1))) == ["0s 1", "1s 2"])
  }

  @Test(arguments: [
    ("rps", "rate"), ("Request Rate", "rate"), ("requests_per_second", "rate"), ("req/s", "rate"),
    ("value", "count"), ("request_count", "count"), ("Requests", "count"), ("hits", "count"),
    ("tokens", "arrivals"),
  ])
  func theHeaderSaysWhatTheColumnsHold(_ name: String, _ content: String) {
    let text = "time,\(name)\n2020-01-01 00:00:00,1\n2020-01-01 00:00:10,1\n"
    #expect(TraceTable(Array(text.utf8), values: "auto").content.rawValue == content)
  }

  @Test func theScenarioMaySayWhatTheColumnsHold() {
    let text = "t,x\n0,60\n60,120\n"
    #expect(steps(read(text, .minutes(2), values: "count")) == ["0s 1", "60s 2"])
    #expect(steps(read(text, .minutes(2), values: "rate")) == ["0s 60", "60s 120"])
    #expect(
      steps(read(text, .minutes(1), values: "arrivals", bin: .minutes(1))) == [
        "0s 0.016666666666666666"
      ])
  }

  @Test(arguments: [
    Bad(
      "time goes back", "t,rate\n5,1\n1️⃣4,1\n",
      "SL105 the time '4' lies before the row above -> sort the rows by time, one row for each"),
    Bad(
      "time repeated", "t,rate\n5,1\n1️⃣5,1\n",
      "SL105 the time '5' is the one of the row above -> sort the rows by time, one row for each"),
    Bad(
      "ragged rows", "t,rate\n1️⃣5\n2️⃣6,1,2\n", "SL104 the row has 1 field, the header has 2",
      "SL104 the row has 3 fields, the header has 2"),
    Bad("negative", "t,rate\n5, 1️⃣-1\n", "SL106 '-1' is negative -> a rate or a count is 0 or more"),
    Bad(
      "not finite", "t,rate\n5,1️⃣nan\n6,2️⃣inf\n7,3️⃣1e999\n",
      "SL106 'nan' is not a finite number -> write a number, 0 or more",
      "SL106 'inf' is not a finite number -> write a number, 0 or more",
      "SL106 '1e999' is not a finite number -> write a number, 0 or more"),
    Bad(
      "empty value", "t,rate\n5,1️⃣\n", "SL106 '' is not a finite number -> write a number, 0 or more"
    ),
    Bad(
      "bad stamps", "t,rate\n1️⃣2023-02-29 00:00:00,1\n2️⃣2023-01-01 24:00,1\n3️⃣yesterday,1\n",
      "SL105 '2023-02-29 00:00:00' is neither seconds nor a time stamp -> write seconds (12.5) or a stamp (2014-04-10 00:04:00, 1995-07-01T00:00:00-04:00)",
      "SL105 '2023-01-01 24:00' is neither seconds nor a time stamp -> write seconds (12.5) or a stamp (2014-04-10 00:04:00, 1995-07-01T00:00:00-04:00)",
      "SL105 'yesterday' is neither seconds nor a time stamp -> write seconds (12.5) or a stamp (2014-04-10 00:04:00, 1995-07-01T00:00:00-04:00)"
    ),
    Bad(
      "mixed times", "t,rate\n5,1\n1️⃣2023-01-01 00:00:00,1\n",
      "SL105 '2023-01-01 00:00:00' is a time stamp, the first row has another kind of time -> write all rows alike: seconds, stamps, or stamps with their zone"
    ),
    Bad(
      "mixed zones", "t,rate\n2023-01-01T00:00:00Z,1\n1️⃣5,1\n",
      "SL105 '5' is no time stamp, the first row has one -> write all rows alike: seconds, stamps, or stamps with their zone"
    ),
    Bad(
      "unclosed quote", "t,rate\n5,1️⃣\"1\n6,1\n",
      "SL104 the quote is not closed on its line -> close it, or write a quote inside a quoted field twice"
    ),
    Bad(
      "text after a quote", "\"t\",\"ra\"\"te\"\n5,\"1\"1️⃣x\n",
      "SL104 text follows the closing quote -> end the field with a comma after the quote"),
    Bad(
      "no header", "1️⃣0,1\n1,2\n",
      "SL103 the trace begins with '0' and not with a header line -> begin it with a line such as seconds,requests_per_second"
    ),
    Bad(
      "no rows", "1️⃣t,rate\n\n",
      "SL103 the trace has a header line and no rows -> write a row for each time"),
    Bad(
      "unclear column", "größe,1️⃣requests_per_minute\n0,1\n",
      "SL103 the column 'requests_per_minute' is neither a rate nor a count by its name -> write `values: rate`, `values: count` or `values: arrivals` under `traffic`"
    ),
  ])
  func badTracesAreSaidWithTheirPlace(_ bad: Bad) {
    let text = MarkedText(bad.marked).text
    let found = Diagnostic.diagnostics(
      of: read(text, .seconds(10)).faults, file: "t.csv", bytes: Array(text.utf8))
    bad.check(found.map { $0 })
  }

  @Test func aTraceWithoutValuesOrTextIsRefused() {
    #expect(steps(read("", .seconds(1))) == ["0:0 the trace is empty"])
    #expect(steps(read("\n  \n", .seconds(1))) == ["0:0 the trace is empty"])
    #expect(
      steps(read("t\n0\n", .seconds(1), values: "rate")) == [
        "2:1 the trace has one column, a rate or a count needs a second"
      ])
    #expect(
      steps(read("t,rate\n0,\0\n", .seconds(1))) == [
        "2:3 the trace is no text: the file is binary: it holds a zero byte"
      ])
    #expect(
      steps(read("t,rate\n0,1\n", .seconds(1)))
        == [
          "file: the trace is 0s long, the horizon is 1s -> record a longer trace"
        ].map { $0 })
    #expect(steps(read("t,rate\n0,1\n9,1e12\n", .seconds(1), scale: 10)) != [])
    #expect(
      steps(read("t,rate\n0,1e12\n9,1\n", .seconds(1), scale: 10)) == [
        "scale: '1000000000000' makes more than 1000000000000 requests a second -> write smaller values, or a smaller `scale`"
      ])
  }

  @Test func aTraceTooShortProposesWhatWouldFit() {
    let text = "seconds,rate\n0,1\n3600,1\n"
    #expect(
      steps(read(text, .hours(3))) == [
        "file: the trace is 2h long, the horizon is 3h -> write `experiment.horizon: 2h` or shorter"
      ])
    #expect(
      steps(read(text, .hours(1), from: .minutes(90))) == [
        "from: the trace is 2h long, and 1h30m + the horizon of 1h is longer -> write `from: 1h` or earlier, or a shorter `experiment.horizon`"
      ])
    #expect(
      steps(read(text, .hours(3), from: .hours(5))) == [
        "from: the trace is 2h long, and 5h + the horizon of 3h is longer -> write an earlier `from`"
      ])
  }

  @Test func readingStopsAfterTwentyErrors() {
    let text = "t,rate\n" + String(repeating: "x,1\n", count: 1000)
    let faults = read(text, .seconds(1)).faults
    #expect(faults.count == 21)
    #expect(faults.last?.fault.message == "the trace was not read further after 20 errors")
  }
}
