/// Something that goes wrong while migrations run.
enum Fault: Sendable, Hashable {
  /// The program is killed after so many milliseconds, counted from its start.
  case killedEarly(milliseconds: Int)
  /// The program is killed so many milliseconds after its run has begun.
  case killed(milliseconds: Int)
  /// The link ends after so many bytes to the server.
  case cutToServer(bytes: Int)
  /// The link ends after so many bytes from the server.
  case cutFromServer(bytes: Int)
  /// The link ends before a COMMIT reaches the server, counted from 1.
  case cutBeforeCommit(Int)
  /// The link ends when a COMMIT has reached the server, before its answer comes back.
  case cutAfterCommit(Int)
  /// The link swallows everything once a COMMIT has reached the server.
  case silentAfterCommit(Int)
  /// The sessions are terminated by another, so many milliseconds after the run has begun.
  case terminated(milliseconds: Int)
  /// The server is restarted, its sessions ended in order.
  case restarted(milliseconds: Int)
  /// The server crashes and comes back.
  case crashed(milliseconds: Int)

  /// What the figures count it as.
  var name: String {
    switch self {
    case .killedEarly, .killed: "SIGKILL of the program"
    case .cutToServer: "link cut towards the server"
    case .cutFromServer: "link cut towards the program"
    case .cutBeforeCommit: "link cut before a COMMIT"
    case .cutAfterCommit: "link cut between a COMMIT and its answer"
    case .silentAfterCommit: "link silent between a COMMIT and its answer"
    case .terminated: "pg_terminate_backend"
    case .restarted: "server restarted (fast)"
    case .crashed: "server restarted (immediate)"
    }
  }

  /// A SIGKILL at a random moment.
  static func kill(_ dice: inout Dice) -> Fault {
    dice.below(5) == 0
      ? .killedEarly(milliseconds: dice.below(1_500)) : .killed(milliseconds: dice.below(900))
  }

  /// A cut at a random byte, or right at a COMMIT, or silence behind one, which the operator ends.
  static func cut(_ dice: inout Dice) -> Fault {
    switch dice.below(5) {
    case 0: .cutToServer(bytes: dice.below(60_000))
    case 1: .cutFromServer(bytes: dice.below(1_500_000))
    case 2: .cutBeforeCommit(1 + dice.below(30))
    case 3: .cutAfterCommit(1 + dice.below(30))
    default: .silentAfterCommit(1 + dice.below(30))
    }
  }

  /// Something that happens to the server.
  static func server(_ dice: inout Dice) -> Fault {
    switch dice.below(3) {
    case 0: .terminated(milliseconds: dice.below(900))
    case 1: .restarted(milliseconds: dice.below(900))
    default: .crashed(milliseconds: dice.below(900))
    }
  }
}
