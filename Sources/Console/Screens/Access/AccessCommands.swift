import Display
import Schema
import Verification

extension AccessScreen {
  static let commands: [ConsoleCommand] = [
    ConsoleCommand(
      [.character("e")], "Show what the role reaches", hint: "reached",
      help:
        "Lists only what the role of the cursor's column can reach (what is exposed to anon); again lists everything.",
      section: .screen,
      when: { $0.access.book.roles.isEmpty ? .unavailable("there are no roles") : .available }
    ) { $0.toggleReach() },
    ConsoleCommand(
      [.character("p")], "Probe the table", hint: "probe",
      help: "Finds out by doing what each role can do with the table; asks first, and rolls everything back.",
      section: .screen, danger: .changesTarget,
      when: { state in
        guard state.probing == .available else { return state.probing }
        return state.access.list.current?.object?.kind == .table
          ? .available : .unavailable("only tables can be probed", isOffered: false)
      }
    ) { reduction in
      if let table = reduction.state.access.list.current?.object { reduction.askBeforeProbing([table]) }
    },
    ConsoleCommand(
      [.character("P")], "Probe all tables",
      help:
        "Finds out by doing what each role can do with every table that is listed; asks first, and rolls everything "
        + "back.",
      section: .screen, danger: .changesTarget, when: { $0.probing }
    ) { $0.askBeforeProbing($0.state.listedTables) },
    ConsoleCommand(
      [.character("d")], "Show the object", hint: "object",
      help: "Shows the object under the cursor on the Schema screen; Back returns.", section: .screen,
      when: {
        subject($0)?.object == nil
          ? .unavailable("no object is under the cursor", isOffered: false) : .available
      }
    ) { reduction in
      if let object = subject(reduction.state)?.object { reduction.jump(to: .object(object), on: .schema) }
    },
  ]
}

extension ConsoleState {
  /// The tables that the filter leaves.
  fileprivate var listedTables: [ObjectIdentity] {
    (0..<access.list.count).compactMap { access.list[$0].object }.filter { $0.kind == .table }
  }

  /// Whether a probe can be made now.
  fileprivate var probing: ConsoleCommand.Availability {
    if let reason = readOnlyReason { return .unavailable(reason, isOffered: false) }
    if isRunning { return .unavailable("a run is going on") }
    if isAwaiting(ScreenRequest.access(.probe([])).slot) { return .unavailable("a probe is being made") }
    guard reading == .available else { return reading }
    return listedTables.isEmpty ? .unavailable("no table is listed") : .available
  }
}
