import Migrations

/// Why a run could not begin or go on, apart from errors of the migrations themselves.
public enum RolloutError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The history in the target was made by a newer Signalbox.
  case historyTooNew(installed: Int, known: Int)
  /// The role may not create the history's schema.
  case historyNotAllowed(user: String, database: String, reason: String)
  /// The history answered something that makes no sense.
  case historyUnreadable(String)
  /// Another run holds the lock.
  case locked(by: SessionDescription?)
  /// Another migration tool holds its own lock in this database.
  case otherTool(String, SessionDescription?)
  /// The session lock is not ours: a pooler hands each transaction another session.
  case pooled
  /// The server follows another one, and takes no changes.
  case standby
  /// The plan has problems or cannot run in this mode.
  case notRunnable(String)
  /// Somebody has changed a migration's row of the history since the plan was made.
  case historyChanged(MigrationID)
  /// The connection was lost, and the outcome of the commit could not be learnt.
  case outcomeUnknown(MigrationID, String)
  /// The operator has aborted the run, and the server did not answer.
  case unansweredAbort(MigrationID?, String)

  /// What is wrong and what to do next, in a sentence or two.
  public var description: String {
    switch self {
    case .historyTooNew(let installed, let known):
      "the history in this database has version \(installed), this Signalbox knows versions up to \(known): "
        + "use a newer Signalbox"
    case .historyNotAllowed(let user, let database, let reason):
      "the role \"\(user)\" may not create the schema \"signalbox\" that holds the history (\(reason)): "
        + "ask the owner for  GRANT CREATE ON DATABASE \"\(database)\" TO \"\(user)\""
    case .historyUnreadable(let reason):
      "the history cannot be read: \(reason)"
    case .locked(let holder):
      "another run holds the lock of this project\(holder.map { ": \($0.summary)" } ?? ""): wait for it to end"
    case .otherTool(let tool, let holder):
      "\(tool) is at work in this database and holds its lock\(holder.map { ": \($0.summary)" } ?? ""): "
        + "wait for it to end"
    case .pooled:
      "the connection goes through a pooler that gives each transaction or statement another session of the server, "
        + "where a session's lock, settings and temporary tables are not ours; "
        + "use a direct connection or the pooler's session mode (Supabase: port 5432)"
    case .standby:
      "this server is a standby: it follows another one and takes no changes; connect to the primary "
        + "(target_session_attrs=read-write finds it among several hosts)"
    case .notRunnable(let reason):
      reason
    case .historyChanged(let id):
      "the history says something else of \(id) than when this plan was made, because somebody else was at work: "
        + "look again, then apply"
    case .outcomeUnknown(let id, let reason):
      "the connection was lost while \(id) was being committed, and the server cannot be reached to ask how it "
        + "ended (\(reason)): run `signalbox status` when it is back, its history row is the answer"
    case .unansweredAbort(let id, let reason):
      "the run was left without an answer (\(reason)): what became of \(id?.rawValue ?? "it") is not known until the "
        + "server can be asked. What was not committed is rolled back as soon as the server notices; "
        + "`signalbox status` tells"
    }
  }
}

extension SessionDescription {
  /// The session in one line: `pid 4711, postgres, psql, from 10.0.0.1, for 12 s`.
  public var summary: String {
    var parts = ["pid \(pid)"]
    if let user { parts.append(user) }
    if let application, !application.isEmpty { parts.append(application) }
    if let address { parts.append("from \(address)") }
    if let seconds { parts.append("for \(Int(seconds.rounded())) s") }
    return parts.joined(separator: ", ")
  }
}
