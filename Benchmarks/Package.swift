// swift-tools-version:6.1
import PackageDescription

// A package of its own, so that the program, its tests and its users never wait for what only
// measurements need.
let package = Package(
  name: "benchmarks",
  dependencies: [
    .package(name: "strategylab", path: ".."),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
  ],
  targets: [
    // The processor's clock and the words of a command line.
    .target(name: "BenchmarkSupport"),

    // The kernel: a release on both roads, the candidates for its calendar, its clock.
    .executableTarget(
      name: "ReleaseModel",
      dependencies: [
        "BenchmarkSupport", .product(name: "LabUnits", package: "strategylab"),
        .product(name: "LabKernel", package: "strategylab"),
      ]),
    .executableTarget(
      name: "EventQueues",
      dependencies: [
        "BenchmarkSupport", .product(name: "LabUnits", package: "strategylab"),
        .product(name: "LabKernel", package: "strategylab"),
        .product(name: "HeapModule", package: "swift-collections"),
      ]),
    .executableTarget(
      name: "CalendarDrift",
      dependencies: [
        "BenchmarkSupport", .product(name: "LabUnits", package: "strategylab"),
        .product(name: "LabKernel", package: "strategylab"),
      ]),

    // The store.
    .executableTarget(
      name: "StoreRows",
      dependencies: [
        "BenchmarkSupport", .product(name: "LabStore", package: "strategylab"),
        .product(name: "StrategyLab", package: "strategylab"),
      ]),
  ]
)
