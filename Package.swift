// swift-tools-version:6.1
import PackageDescription

// The targets stand in the order of the data: what is above is imported by what is below, never the
// other way round. Every target lies one folder below `Sources/StrategyLab` or `Sources/strategylab`,
// because those two names are one folder on a file system that ignores case.
let package = Package(
  name: "strategylab",
  products: [
    .executable(name: "strategylab", targets: ["StrategyLabCLI"]),
    .library(name: "LabUnits", targets: ["LabUnits"]),
    .library(name: "LabKernel", targets: ["LabKernel"]),
    .library(name: "StrategyLab", targets: ["StrategyLab"]),
    .library(name: "LabStore", targets: ["LabStore"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
  ],
  targets: [
    // Words and arithmetic: quantities, random streams, the release strategies.
    .target(name: "LabUnits", path: "Sources/StrategyLab/Units"),
    .target(name: "LabKernel", dependencies: ["LabUnits"], path: "Sources/StrategyLab/Kernel"),
    .target(
      name: "LabStrategies", dependencies: ["LabUnits"], path: "Sources/StrategyLab/Strategies"),

    // The laboratory: scenario, model, experiment, measurement.
    .target(
      name: "StrategyLab",
      dependencies: [
        "LabUnits", "LabKernel", "LabStrategies",
        .product(name: "Histogram", package: "hdrhistogram-swift"),
      ],
      path: "Sources/StrategyLab/Lab"),

    // What goes in, what is kept, what comes out.
    .systemLibrary(
      name: "CLibYAML", path: "Sources/StrategyLab/CLibYAML", pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    .target(
      name: "LabScenarioFiles",
      dependencies: ["LabUnits", "LabKernel", "LabStrategies", "StrategyLab", "CLibYAML"],
      path: "Sources/StrategyLab/ScenarioFiles"),
    .target(
      name: "LabStore",
      dependencies: [
        "LabUnits", "LabKernel", "LabStrategies", "StrategyLab",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      path: "Sources/StrategyLab/Store"),
    .target(
      name: "LabReports", dependencies: ["LabUnits", "LabStrategies", "StrategyLab"],
      path: "Sources/StrategyLab/Reports"),

    // The program.
    .executableTarget(
      name: "StrategyLabCLI",
      dependencies: [
        "LabUnits", "LabKernel", "LabStrategies", "StrategyLab", "LabScenarioFiles", "LabStore",
        "LabReports",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Sources/strategylab/CommandLine"),

    .testTarget(name: "LabUnitsTests", dependencies: ["LabUnits"]),
    .testTarget(name: "LabKernelTests", dependencies: ["LabKernel", "LabUnits"]),
    .testTarget(name: "LabStrategiesTests", dependencies: ["LabStrategies", "LabUnits"]),
    .testTarget(
      name: "StrategyLabTests",
      dependencies: ["StrategyLab", "LabUnits", "LabKernel", "LabStrategies"]),
    .testTarget(
      name: "LabScenarioFilesTests",
      dependencies: [
        "LabScenarioFiles", "StrategyLab", "LabUnits", "LabKernel", "LabStrategies",
      ],
      exclude: ["Import/Fixtures"]),
    .testTarget(
      name: "ConformanceTests",
      dependencies: [
        "LabScenarioFiles", "StrategyLab", "LabUnits", "LabKernel", "LabStrategies",
      ]),
    .testTarget(
      name: "LabStoreTests",
      dependencies: [
        "LabStore", "StrategyLab", "LabUnits", "LabStrategies",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .testTarget(
      name: "LabReportsTests",
      dependencies: ["LabReports", "StrategyLab", "LabUnits", "LabStrategies"],
      exclude: ["Goldens"]),
    .testTarget(
      name: "StrategyLabCLITests",
      dependencies: [
        "StrategyLabCLI", "StrategyLab", "LabUnits", "LabScenarioFiles", "LabStore",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
  ]
)
