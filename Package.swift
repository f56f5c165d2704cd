// swift-tools-version: 6.2
import PackageDescription

// The house (docs/architecture.md): each room names the rooms below it that it may import, and CI builds with
// `--explicit-target-dependency-import-check error`, so that this table is the whole truth.

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

func room(_ name: String, _ imports: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: imports, swiftSettings: strict)
}

func tests(_ room: String, _ imports: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .testTarget(
    name: "\(room)Tests", dependencies: [.target(name: room)] + imports, exclude: exclude,
    swiftSettings: strict)
}

let package = Package(
  name: "signalbox",
  products: [.executable(name: "signalbox", targets: ["signalbox"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .systemLibrary(name: "CPgQuery", providers: [.apt(["libpg-query-dev", "libprotobuf-c-dev"])]),
    .systemLibrary(name: "CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CNcurses", providers: [.apt(["libncurses-dev"])]),
    .systemLibrary(name: "CCrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CFileSystem"),
    .target(name: "CTerminal"),
    .target(name: "CThreads"),

    // The quiet wing: pure.
    room("TOML"),
    room("JSON"),
    room("Schema"),
    room("Script", ["JSON", "Schema", "CPgQuery"]),
    room("Migrations", ["JSON", "Schema", "Script", "TOML", "CCrypto", "CFileSystem"]),
    room("Prisma", ["Schema"]),
    room("Verification", ["Schema", "Script", "Migrations", "Prisma"]),
    room("Diagnosis", ["Schema", "Migrations"]),
    room("Report", ["JSON", "Schema", "Script", "Migrations", "Verification"]),
    room("ServerActivity", ["Schema"]),
    room("Display", ["TOML"]),
    room("Console", ["Schema", "Script", "Migrations", "Verification", "ServerActivity", "Display"]),

    // The wing that does things.
    room("Threads", ["CThreads"]),
    room("Processes"),
    room("Postgres", ["Threads", "CLibpq"]),
    room("Catalog", ["Schema", "ServerActivity", "Postgres"]),
    room("Rollout", ["JSON", "Schema", "Script", "Migrations", "Verification", "Catalog", "Postgres"]),
    room("Sandbox", ["Threads", "Processes", "Postgres"]),
    room("Terminal", ["Display", "Threads", "CNcurses", "CTerminal"]),
    .executableTarget(
      name: "signalbox",
      dependencies: [
        "TOML", "JSON", "Schema", "Script", "Migrations", "Prisma", "Verification", "Diagnosis", "Report",
        "ServerActivity", "Display", "Console",
        "Threads", "Processes", "Postgres",
        "Catalog", "Rollout", "Sandbox", "Terminal",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["Linking"], swiftSettings: strict,
      linkerSettings: [
        // One file that runs without the toolchain: the Swift runtime is linked in. FoundationEssentials, which the
        // argument parser uses, names the libraries that it needs only in its static module, hence by hand here.
        .unsafeFlags(
          [
            "-static-stdlib", "-l_FoundationCShims", "-l_FoundationCollections", "-lswiftSynchronization",
            // Functions of the same instructions are kept once: the file has a limit of 35 MB.
            "-Xlinker", "--icf=safe",
            // Addresses that are put right at every start (100,000, most of them of Swift's tables) stand packed: 1.5 MB
            // and a tenth of the start less. The loader of glibc reads that from 2.36 on (Debian 12).
            "-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs",
            // What runs at every start stands side by side (Sources/signalbox/Linking): 5 MB less are touched.
            "-Xlinker",
            "--symbol-ordering-file=\(Context.packageDirectory)/Sources/signalbox/Linking/startup-order.txt",
            "-Xlinker", "--no-warn-symbol-ordering",
            // Nobody looks up functions of a program that loads nothing: 12,000 names and a megabyte less.
            "-Xlinker", "--no-export-dynamic",
          ],
          .when(configuration: .release))
      ]),

    tests("TOML"),
    tests("JSON"),
    tests("Schema"),
    tests("Script", ["Schema", "CPgQuery"]),
    tests("Migrations", ["Schema", "Script", "TOML"]),
    tests("Prisma", ["Schema"]),
    tests(
      "Verification", ["TestServer", "Schema", "Script", "Migrations", "Prisma", "Catalog", "Postgres"]),
    // What effects say, against what a server really does.
    .testTarget(
      name: "PredictionTests",
      dependencies: ["TestServer", "Schema", "Script", "Migrations", "Verification", "Catalog", "Postgres"],
      swiftSettings: strict),
    tests("Diagnosis", ["Schema", "Script", "Migrations"]),
    tests("Report", ["JSON", "Schema", "Script", "Migrations", "Verification"]),
    tests("Display", ["TOML"]),
    tests(
      "Console", ["Schema", "Script", "Migrations", "Verification", "ServerActivity", "Display"],
      exclude: ["Golden"]),
    // A private PostgreSQL for the tests that need one.
    .target(
      name: "TestServer", dependencies: ["Sandbox", "Postgres"], path: "Tests/TestServer",
      swiftSettings: strict),
    tests("Threads"),
    tests("Processes"),
    tests("Postgres", ["TestServer", "Sandbox", "Threads"]),
    tests("ServerActivity"),
    tests("Catalog", ["TestServer", "Schema", "ServerActivity", "Postgres"]),
    tests(
      "Rollout",
      ["TestServer", "Schema", "Script", "Migrations", "Verification", "Catalog", "Postgres"]),
    tests("Sandbox", ["TestServer", "Processes", "Postgres"]),
    tests("Terminal", ["Display", "CNcurses", "CTerminal"]),
    // Rollouts while everything goes wrong (docs/reliability.md).
    .testTarget(
      name: "ChaosTests",
      dependencies: [
        "signalbox", "JSON", "Schema", "Threads", "Processes", "Postgres", "Catalog", "Sandbox",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "signalboxTests",
      dependencies: [
        "signalbox", "JSON", "Migrations", "Processes", "Threads", "TestServer", "Sandbox", "Postgres",
      ],
      exclude: ["Golden"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
