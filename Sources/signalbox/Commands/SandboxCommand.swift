import ArgumentParser
import Migrations
import Postgres
import Sandbox

/// The command `signalbox sandbox start|stop|status`.
struct SandboxCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sandbox", abstract: "A private PostgreSQL to work against.",
    discussion: """
      Runs a server of its own on a unix socket in a temporary directory, without TCP, and never touches a cluster \
      that is there already. It survives the command, until `sandbox stop`.
      """,
    subcommands: [Start.self, Stop.self, Status.self])

  /// The name of a sandbox.
  struct NameOption: ParsableArguments, Sendable {
    @Option(help: "Which sandbox, if you need several.")
    var name = "default"
  }

  /// The command `signalbox sandbox start`.
  struct Start: PoolCommand {
    static let configuration = CommandConfiguration(
      abstract: "Start it, if it does not run, and print its address.")

    @OptionGroup var sandbox: NameOption

    @Option(help: "What to install into it: supabase (roles, auth, storage, …) or none.")
    var platform = Sandbox.Platform.none

    func perform() async throws -> ExitStatus {
      let named = try NamedSandbox(sandbox.name)
      let (running, alreadyRunning) = try await named.start(now: Int(Clock.now()))
      if platform == .supabase {
        let connection = try await Connection.connect(
          ConnectionConfiguration(parameters: running.connectionParameters()))
        try await PlatformInstaller(.supabase).install(on: connection)
        await connection.close()
      }
      Output.error(alreadyRunning ? "It runs already." : "Started PostgreSQL \(running.version).")
      Output.standard(running.connectionString())
      return .done
    }
  }

  /// The command `signalbox sandbox stop`.
  struct Stop: PoolCommand {
    static let configuration = CommandConfiguration(abstract: "Stop it and remove its directory.")

    @OptionGroup var sandbox: NameOption

    func perform() async throws -> ExitStatus {
      let wasThere = try await NamedSandbox(sandbox.name).stop()
      Output.error(wasThere ? "Stopped, and its directory removed." : "It was not running.")
      return .done
    }
  }

  /// The command `signalbox sandbox status`.
  struct Status: PoolCommand {
    static let configuration = CommandConfiguration(abstract: "Whether it runs, and where.")

    @OptionGroup var sandbox: NameOption

    func perform() async throws -> ExitStatus {
      switch try NamedSandbox(sandbox.name).status() {
      case .absent: Output.standard("not running")
      case .running(let running):
        Output.standard("running PostgreSQL \(running.version)\n\(running.connectionString())")
      case .dead(let directory):
        Output.standard("ended without being stopped; `sandbox stop` removes what is left in \(directory)")
      }
      return .done
    }
  }
}

extension Sandbox.Platform: ExpressibleByArgument {}
