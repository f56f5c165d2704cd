import Glibc
import JSON
import Postgres

/// Runs projects to their end while things go wrong, and compares what becomes of them with an undisturbed run.
struct Campaign: Sendable {
  let project: ChaosProject
  let server: ChaosServer
  let proxy: WireProxy
  private let directory: ProjectDirectory
  private let truth: Fingerprint

  /// Runs the project undisturbed once, which is the truth.
  static func prepare(migrations: Int, seed: UInt64) async throws -> Campaign {
    let server = try await ChaosServer.start()
    let project = ChaosProject(count: migrations, seed: seed)
    let directory = try ProjectDirectory(project.files)
    try await server.query("CREATE DATABASE truth")
    let end = try await RunningProgram(
      ["apply", "--yes", "--project", directory.path, "--database", server.address("truth")]
    ).wait()
    guard end.status == 0 else {
      throw ChaosError(
        "the undisturbed run ended with \(end.status)\n\(end.output.suffix(2_000))\n\(end.errors)")
    }
    let connection = try await server.connect("truth")
    let truth = try await Fingerprint.take(of: connection)
    await connection.close()
    return Campaign(
      project: project, server: server, proxy: try WireProxy(server: server.socket), directory: directory,
      truth: truth)
  }

  private init(
    project: ChaosProject, server: ChaosServer, proxy: WireProxy, directory: ProjectDirectory,
    truth: Fingerprint
  ) {
    self.project = project
    self.server = server
    self.proxy = proxy
    self.directory = directory
    self.truth = truth
  }

  /// Brings fresh databases to their end until so many faults were injected.
  func run(
    faults wanted: Int, seed: UInt64, deadline: ContinuousClock.Instant?, fault: (inout Dice) -> Fault,
    report: (Figures) -> Void = { _ in }
  ) async throws -> Figures {
    var dice = Dice(seed: seed &+ 1)
    var figures = Figures()
    while figures.faultCount < wanted, deadline.map({ ContinuousClock.now < $0 }) ?? true {
      let database = "chaos_\(figures.projects)"
      try await server.query("CREATE DATABASE \(database)")
      try await finish(database, &figures, &dice, wanted: wanted, fault)
      try await server.query("DROP DATABASE \(database) WITH (FORCE)")
      figures.projects += 1
      report(figures)
    }
    return figures
  }

  private func finish(
    _ database: String, _ figures: inout Figures, _ dice: inout Dice, wanted: Int,
    _ draw: (inout Dice) -> Fault
  ) async throws {
    while true {
      let fault = figures.faultCount < wanted ? draw(&dice) : nil
      let end = try await apply(to: database, under: fault, &figures)
      figures.runs += 1
      figures.rebuiltIndexes += end.output.split(separator: "\n").count {
        $0.contains("dropping the invalid index")
      }
      try await judge(end, of: database, under: fault, &figures)
      if end.status == 0 { break }
      // Now and then the next run comes while the server is still busy with what the last one has left.
      if dice.below(3) > 0 {
        try await waitForOrphans(of: database)
        try await compareStatus(of: database, &figures)
      }
    }
    try await waitForOrphans(of: database)
    try await compareStatus(of: database, &figures)
    let connection = try await server.connect(database)
    let left = try await Fingerprint.take(of: connection)
    await connection.close()
    figures.wrong += truth.differences(in: left).map { "\(database): \($0)" }
  }

  private func apply(
    to database: String, under fault: Fault?, _ figures: inout Figures
  ) async throws -> RunningProgram.End {
    proxy.arm(fault)
    let program = try RunningProgram(
      [
        "apply", "--yes", "--json", "--wait", "120", "--project", directory.path, "--database",
        server.address(database, directory: proxy.directory),
      ], watching: "run-started")
    var hasCome = false
    switch fault {
    case .killedEarly(let milliseconds):
      try await Task.sleep(for: .milliseconds(milliseconds))
      hasCome = program.ended == nil
      program.signal(SIGKILL)
    case .killed(let milliseconds):
      hasCome = try await waitForRun(program, milliseconds)
      program.signal(SIGKILL)
    case .terminated(let milliseconds):
      hasCome = try await waitForRun(program, milliseconds)
      try await server.query(
        """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = '\(database)' AND application_name = 'signalbox' AND pid <> pg_backend_pid()
        """)
    case .restarted(let milliseconds):
      hasCome = try await waitForRun(program, milliseconds)
      try await server.restart(mode: "fast")
    case .crashed(let milliseconds):
      hasCome = try await waitForRun(program, milliseconds)
      try await server.restart(mode: "immediate")
    case .silentAfterCommit:
      // Only the operator ends it before the kernel does.
      while !proxy.hasCut, program.ended == nil { try await Task.sleep(for: .milliseconds(2)) }
      program.signal(SIGINT)
    case .cutToServer, .cutFromServer, .cutBeforeCommit, .cutAfterCommit, nil: break
    }
    let end = try await program.wait()
    if let fault, hasCome || proxy.hasCut { figures.faults[fault.name, default: 0] += 1 }
    return end
  }

  /// Waits until the run has begun and a little longer; false if it ended before.
  private func waitForRun(_ program: RunningProgram, _ milliseconds: Int) async throws -> Bool {
    while !program.hasSaidIt {
      if program.ended != nil { return false }
      try await Task.sleep(for: .milliseconds(1))
    }
    try await Task.sleep(for: .milliseconds(milliseconds))
    return program.ended == nil
  }

  /// What the program has claimed must be so.
  private func judge(
    _ end: RunningProgram.End, of database: String, under fault: Fault?, _ figures: inout Figures
  ) async throws {
    var expected: Set<Int32> = [0, 3, 5, 128 + SIGKILL]
    // The operator has ended it, and nobody could answer.
    if case .silentAfterCommit = fault { expected.insert(6) }
    let isExpected = expected.contains(end.status)
    if !isExpected {
      figures.wrong.append(
        "\(database): apply ended with \(end.status) under \(fault.map(\.name) ?? "nothing"): "
          + "\(end.errors.suffix(600)) \(end.output.split(separator: "\n").suffix(3).joined(separator: " | "))"
      )
    }
    let claimed = end.output.split(separator: "\n").compactMap { line -> String? in
      guard let event = JSONReader.read(Array(line.utf8)), event["kind"]?.stringValue == "migration-finished",
        event["detail"]?["outcome"]?.stringValue == "applied"
      else { return nil }
      return event["migration"]?.stringValue
    }
    guard !claimed.isEmpty else { return }
    let result = try await server.query(
      "SELECT id FROM signalbox.migration WHERE state = 'applied'", in: database)
    let applied = Set(try result.rows.map { try $0.text("id") })
    figures.wrong += claimed.filter { !applied.contains($0) }.map {
      "\(database): \($0) was said to be applied"
    }
  }

  private func compareStatus(of database: String, _ figures: inout Figures) async throws {
    let end = try await RunningProgram(
      ["status", "--json", "--project", directory.path, "--database", server.address(database)]
    ).wait()
    guard end.status == 0, let status = JSONReader.read(Array(end.output.utf8)) else {
      figures.wrong.append("\(database): status ended with \(end.status): \(end.errors.suffix(600))")
      return
    }
    let connection = try await server.connect(database)
    let contradictions = try await Witness(project: project, connection: connection).contradictions(
      in: status)
    await connection.close()
    figures.statuses += 1
    figures.wrong += contradictions.map { "\(database): \($0)" }
  }

  /// Waits until the server has noticed that its clients are gone.
  private func waitForOrphans(of database: String) async throws {
    for _ in 0..<600 {
      let result = try await server.query(
        "SELECT pid FROM pg_stat_activity WHERE datname = '\(database)' AND application_name = 'signalbox'")
      if result.rows.isEmpty { return }
      try await Task.sleep(for: .milliseconds(20))
    }
    throw ChaosError("a session of a run that ended is still there")
  }
}
