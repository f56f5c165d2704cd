import ArgumentParser
import Catalog
import JSON
import Migrations
import Postgres
import Report
import Schema
import Verification

/// The command `signalbox inspect`.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Look at what is in the database.",
    subcommands: [InspectAccessCommand.self, InspectPoliciesCommand.self])
}

/// The command `signalbox inspect access`.
struct InspectAccessCommand: PoolCommand {
  static let configuration = CommandConfiguration(
    commandName: "access", abstract: "Show who can read and write which rows, and why.",
    discussion: """
      Without a name: every table and view, with a sign for SELECT, INSERT, UPDATE and DELETE under each role. With \
      a name: each of these explained by the grants and policies that decide it. docs/access.md has the rules.

      With --probe the matrix is checked by doing; ends with status 1 if something else is found than it says. With \
      --all functions are called, numbers taken and names looked up as well; all of it is rolled back.

      With --findings: what is wrong or slow, and the SQL that settles it; ends with status 1 if there is a failure. \
      docs/findings.md explains the codes. --write-fix NAME writes that SQL into a new migration of the project, or \
      into the file that it names.
      """)

  @OptionGroup var project: ProjectOptions
  @OptionGroup var target: TargetOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var protection: ProtectionOptions

  @Argument(help: ArgumentHelp("A table, view, function, schema or sequence.", valueName: "object"))
  var object: String?

  @Option(
    name: .customLong("role"), help: ArgumentHelp("Show this role; may be repeated.", valueName: "role"))
  var chosenRoles: [String] = []

  @Flag(
    help:
      "Show schemas, functions and sequences, and what new ones will be granted; with --findings, notices, too."
  )
  var all = false

  @Flag(help: "Explain every cell, also of objects that are not named.")
  var why = false

  @Flag(help: "Show what is wrong with access, what policies cost, and what settles it.")
  var findings = false

  @Option(
    help: ArgumentHelp(
      "Write what settles the findings into a new migration of this name, or into a file (with a / or .sql).",
      valueName: "name"))
  var writeFix: String?

  @Flag(
    help: "Find out by doing: make rows for two users, try every command as each role, roll everything back.")
  var probe = false

  @Flag(name: .shortAndLong, help: "Do not ask before probing.")
  var yes = false

  func validate() throws {
    if probe, findings || writeFix != nil {
      throw ValidationError("--probe and --findings are two questions: ask one at a time")
    }
  }

  func perform() async throws -> ExitStatus {
    let loaded = try LoadedProject(project)
    let target = try Target(options: target, of: loaded.project)
    return try await TargetSession.with(target) { session in
      let scope: SnapshotScope = loaded.project.platform == .supabase ? .supabase : .everything
      let matrix = AccessMatrix(try await session.look { try await $0.snapshot(scope) })
      let roles = try roles(in: matrix)
      let named = try object.map { try find($0, in: matrix) }
      if findings || writeFix != nil {
        return try await showFindings(about: named, matrix, loaded, session)
      }
      let objects = named.map { [$0] } ?? matrix.relations + (all ? matrix.otherObjects : [])
      if probe {
        return try await self.probe(objects, roles, matrix, session)
      }
      if output.json {
        Output.standard(
          AccessDocument(matrix, objects: objects, roles: roles, includesForecasts: all).json.indentedText)
      } else {
        let text = AccessText(
          matrix: matrix, roles: roles, width: OutputWidth.columns, style: TextStyle(output.color))
        let lines =
          why || named != nil
          ? Array(objects.map(text.explanation).joined(separator: [""]))
          : text.table(of: objects) + (all ? text.forecast : [])
        for line in lines { Output.standard(line) }
      }
      return .done
    }
  }

  private func probe(
    _ objects: [ObjectIdentity], _ roles: [String], _ matrix: AccessMatrix, _ session: TargetSession
  ) async throws -> ExitStatus {
    let access = AccessProbe(session: session, isConfirmed: yes, typedName: protection.confirm)
    guard let run = try await access.run(matrix, objects, roles) else { return .stopped }
    if output.json {
      Output.standard(
        ProbeDocument(
          matrix, plan: run.plan, report: run.report, unavailableRoles: run.unavailableRoles,
          movedSequences: run.movedSequences
        ).json.indentedText)
    } else {
      let text = ProbeText(
        matrix: matrix, run: run, width: OutputWidth.columns, style: TextStyle(output.color))
      for line in text.lines { Output.standard(line) }
    }
    return run.report.entries.allSatisfy { run.report.agrees($0, with: matrix) } ? .done : .failed
  }

  private func roles(in matrix: AccessMatrix) throws -> [String] {
    for role in chosenRoles where role != AccessMatrix.owner && matrix.snapshot.access.roles[role] == nil {
      let known = matrix.roles.joined(separator: ", ")
      throw CommandFailure(.usage, "this server has no role \"\(role)\"", advice: "shown otherwise: \(known)")
    }
    return chosenRoles.isEmpty ? matrix.roles : chosenRoles
  }

  /// The object of a name, with or without its schema.
  private func find(_ name: String, in matrix: AccessMatrix) throws -> ObjectIdentity {
    let candidates = (matrix.relations + matrix.otherObjects).filter { object in
      name == object.name || name == object.qualifiedName
        || name == object.schema.map { "\($0).\(object.name)" }
    }
    // A schema or function may share a table's name; the table is what is meant.
    let relations = candidates.filter { AccessCommand.onRows == matrix.commands(for: $0) }
    let chosen = relations.isEmpty ? candidates : relations
    guard let found = chosen.first else {
      throw CommandFailure(
        .usage, "there is no table, view, function, schema or sequence \"\(name)\"",
        advice: "signalbox inspect access --all lists them")
    }
    guard chosen.count == 1 else {
      let names = chosen.map(\.qualifiedName).joined(separator: ", ")
      throw CommandFailure(.usage, "\"\(name)\" is more than one thing: \(names)", advice: "name the schema")
    }
    return found
  }
}
