import ArgumentParser
import Glibc
import Threads

/// The process: parses the command line, runs the command, ends with its exit status.
///
/// The main thread belongs to the console's loop; every other command runs on
/// threads for tasks (``TaskThreads``) while the main thread waits.
@main
enum Main {
  static func main() {
    // A reader that goes away (`signalbox status | head`) is no crash: the write fails, and that is reported.
    signal(SIGPIPE, SIG_IGN)
    // Asked by scripts at every turn, and taking the whole command line apart would cost more than the rest of the start.
    if CommandLine.arguments.dropFirst() == ["--version"] {
      Output.standard(SignalboxVersion.text)
      exit(ExitStatus.done.rawValue)
    }
    let command: any ParsableCommand
    do {
      command = try Signalbox.parseAsRoot()
    } catch {
      finish(parsing: error)
    }
    switch command {
    case let command as any MainThreadCommand:
      do {
        try TaskThreads.take()
        exit(try command.performOnMainThread().rawValue)
      } catch {
        exit(FailureReport(error).print().rawValue)
      }
    case let command as any PoolCommand:
      do {
        try TaskThreads.take()
        exit(waitOnMainThread { await perform(command) }.rawValue)
      } catch {
        exit(FailureReport(error).print().rawValue)
      }
    default:
      var command = command
      do {
        try command.run()
      } catch {
        finish(parsing: error)
      }
      exit(ExitStatus.done.rawValue)
    }
  }

  private static func perform(_ command: any PoolCommand) async -> ExitStatus {
    do {
      return try await command.perform()
    } catch {
      return FailureReport(error).print()
    }
  }

  /// Help and version end well; everything else is a usage error.
  private static func finish(parsing error: any Error) -> Never {
    let message = Signalbox.fullMessage(for: error)
    if Signalbox.exitCode(for: error).isSuccess {
      if !message.isEmpty { Output.standard(message) }
      exit(ExitStatus.done.rawValue)
    }
    Output.error(message)
    exit(ExitStatus.usage.rawValue)
  }

  /// Runs asynchronous work on the pool while the main thread waits for its end.
  static func waitOnMainThread<Success: Sendable>(
    _ work: @escaping @Sendable () async -> Success
  ) -> Success {
    let end = Handover<Success>()
    Task { end.give(await work()) }
    return end.take()
  }
}

/// A command that runs on Swift's pool.
protocol PoolCommand: ParsableCommand, Sendable {
  /// Does what the command says.
  func perform() async throws -> ExitStatus
}

/// A command whose loop owns the main thread.
protocol MainThreadCommand: ParsableCommand {
  /// Does what the command says.
  func performOnMainThread() throws -> ExitStatus
}
