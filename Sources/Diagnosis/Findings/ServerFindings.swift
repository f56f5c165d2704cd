import Migrations
import Schema

/// What is said of a connection that stands.
struct ServerFindings {
  let facts: ConnectionFacts
  let reading: ServerReading

  private var session: SessionFacts { reading.session }

  /// A clock that is further off than this is worth a word: tokens and time stamps of the two do not agree.
  private static let tolerableClockDifference = 2.0

  var findings: [ConnectionFinding] {
    [
      ConnectionFinding(
        .connectionMade, .pass,
        "connected as `\(session.role)` to `\(session.database)`, PostgreSQL \(session.version), \(Wording.milliseconds(reading.latencyMilliseconds)) a round trip"
      )
    ] + poolingFindings + encryptionFindings + roleFindings + serverFindings
      + ExtensionRules(facts: facts, reading: reading).findings
  }

  private var poolingFindings: [ConnectionFinding] {
    switch reading.pooling {
    case .direct: []
    case .session:
      [
        ConnectionFinding(
          .poolerSession, .pass,
          "a pooler in session mode stands before the server: everything works through it")
      ]
    case .transaction:
      [
        ConnectionFinding(
          .poolerTransaction, .failure,
          "a pooler in transaction mode stands before the server: \(PoolerRules.whatDoesNotWork)",
          advice: PoolerRules.advice(for: facts, host: reading.host))
      ]
    case .unknown:
      [
        ConnectionFinding(
          .poolerSession, .warning,
          "a pooler stands before the server; whether it keeps sessions could not be found out",
          advice:
            "if `apply` says that its lock is gone, use the pooler's session mode or the server's own address"
        )
      ]
    }
  }

  private var encryptionFindings: [ConnectionFinding] {
    guard session.encryption == nil, !reading.isLocal, reading.pooling == .direct else { return [] }
    return [
      ConnectionFinding(
        .tlsUnused, .warning, "the connection to `\(reading.host)` is not encrypted",
        advice: "sslmode=require, or better verify-full; the server must have `ssl` on")
    ]
  }

  private var roleFindings: [ConnectionFinding] {
    var findings: [ConnectionFinding] = []
    if !session.hasHistory, !session.rights.contains(.createSchema), !session.rights.contains(.superuser) {
      findings.append(
        ConnectionFinding(
          .roleCannotRecord, session.isReadOnly ? .warning : .failure,
          "`\(session.role)` may not create schemas in `\(session.database)`, so no history can be kept there",
          advice: "GRANT CREATE ON DATABASE … TO …, or connect as the database's owner"))
    }
    findings.append(ConnectionFinding(.roleRights, .pass, Wording.rights(of: session)))
    return findings
  }

  private var serverFindings: [ConnectionFinding] {
    var findings: [ConnectionFinding] = []
    if session.isInRecovery {
      findings.append(
        ConnectionFinding(
          .serverStandby, .failure, "the server is a standby: nothing can be written there",
          advice: "connect to the primary; target_session_attrs=read-write finds it among several hosts"))
    } else if session.isReadOnly {
      let setting = facts.settings.first { $0.keyword == "options" }
      findings.append(
        ConnectionFinding(
          .serverReadOnly, setting?.origin == .program ? .pass : .warning,
          "transactions are read-only unless they say otherwise",
          advice: setting?.origin == .program
            ? nil : "default_transaction_read_only of the role, database or server says so"))
    }
    if let first = reading.unreadableTexts.first {
      let others = reading.unreadableTexts.count - 1
      findings.append(
        ConnectionFinding(
          .databaseNotUTF8, .failure,
          "\(first.what) `\(first.name)`" + (others > 0 ? " and \(others) other names and texts are" : " is")
            + " no UTF-8, so nothing that reads the catalog works here",
          advice:
            "rename or write anew what has it, with psql and client_encoding SQL_ASCII (`\\351` is one byte)")
      )
    }
    let difference = reading.clockDifference
    if abs(difference) > Self.tolerableClockDifference + reading.clockUncertainty {
      findings.append(
        ConnectionFinding(
          .clockDifference, .warning,
          "the server's clock is \(Wording.seconds(abs(difference))) \(difference > 0 ? "ahead of" : "behind") this machine's",
          advice: "set both by NTP: tokens that expire, and the times in reports, count on it"))
    }
    if facts.project?.platform == .supabase, !reading.isSupabase {
      findings.append(
        ConnectionFinding(
          .platformMissing, .failure,
          "the project counts on Supabase, and this database has not got its roles and the schema `auth`",
          advice:
            "`signalbox sandbox start --platform supabase` gives a database that has; or leave `platform` out of signalbox.toml"
        ))
    }
    return findings
  }
}
