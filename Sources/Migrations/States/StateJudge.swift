import Script

/// Decides the state of migrations from their four witnesses: place, history, other tools' histories, evidence.
///
/// No witness overrides another silently: where they disagree, the note says which witness says what. The rules, first
/// match first:
///
/// | place | history | other tools | evidence | state |
/// |---|---|---|---|---|
/// | archive | any | any | any | archived |
/// | skipped | any | any | any | skipped |
/// | – | running | any | any | interrupted |
/// | – | failed | any | any | failed |
/// | – | skipped | any | any | skipped |
/// | – | applied, adopted; another checksum, and not only in comments and white space | any | any | changed |
/// | – | applied, adopted | any | something missing | partial |
/// | – | applied, adopted | any | complete or none possible | applied |
/// | – | reverted | any | any | pending |
/// | – | retired | any | any | as if there were none |
/// | – | none | applied; its checksum or statements contradict the file | any | changed |
/// | – | none | applied | something missing | partial |
/// | – | none | applied | complete or none possible | applied |
/// | – | none | none | complete | applied |
/// | – | none | none | some | partial |
/// | – | none | none | nothing found | pending |
/// | – | none | none | none possible | as its neighbours (``statuses(of:history:evidence:)``) |
public enum StateJudge {
  /// The state of one migration.
  ///
  /// - Parameters:
  ///   - entry: what Signalbox's history says of it.
  ///   - otherTools: the other tools that say it is in.
  ///   - otherChange: what became of the file since another tool ran it, where that tool can tell.
  ///   - evidence: what the catalog says; nil if it was not asked.
  ///   - neighbour: what its neighbours say of a migration that nothing else speaks for.
  public static func status(
    of migration: Migration, history entry: HistoryEntry? = nil, otherTools: [String] = [],
    otherChange: FileChange? = nil, evidence: Evidence? = nil, neighbour: NeighbourTestimony = .nothing
  ) -> MigrationStatus {
    let isIn =
      entry.map { [.applied, .adopted].contains($0.state) } ?? false
      || !otherTools.isEmpty && entry.map { $0.state == .retired } ?? true
    let evidence = isIn ? evidence?.ofWhatRan : evidence
    var status = MigrationStatus(
      id: migration.id, state: .pending, history: entry, otherTools: otherTools, evidence: evidence,
      change: entry == nil || entry?.state == .retired ? otherChange : change(of: migration, entry))
    let judgement =
      judgeByPlace(migration, entry, otherTools, evidence)
      ?? entry.flatMap { judgeByHistory(migration, $0, status.change, evidence) }
      ?? judgeWithoutHistory(otherTools, status.change, migration, evidence, neighbour)
    status.state = judgement.state
    status.note = judgement.note
    return status
  }

  /// What became of the file since it ran; nil if it is the one that ran, or has not run whole.
  private static func change(of migration: Migration, _ entry: HistoryEntry?) -> FileChange? {
    guard let entry, entry.state == .applied || entry.state == .adopted, !entry.checksum.isEmpty,
      !migration.checksum.isEmpty, entry.checksum != migration.checksum
    else { return nil }
    return FileChange(ran: entry.statements, file: migration.script)
  }

  /// What the neighbours of a migration say where nothing can be looked up for it and no history has it.
  public enum NeighbourTestimony: Sendable, Hashable {
    /// This later migration is in.
    case laterApplied(MigrationID)
    /// Both stand in the folder of applied migrations, and this one before it is in.
    case folderApplied(MigrationID)
    /// Nothing.
    case nothing
  }

  private typealias Judgement = (state: MigrationState, note: String?)

  private static func judgeByPlace(
    _ migration: Migration, _ entry: HistoryEntry?, _ otherTools: [String], _ evidence: Evidence?
  ) -> Judgement? {
    let state: MigrationState
    switch migration.place {
    case .active, .applied: return nil
    case .skipped: state = .skipped
    case .archived: state = .archived
    }
    var notes = [state == .skipped ? migration.notes.skipReason : nil].compactMap { $0 }
    if entry?.state == .applied || entry?.state == .adopted {
      notes.append("but the history says that it is in")
    }
    if !otherTools.isEmpty { notes.append("but \(list(otherTools)) says that it is in") }
    if state == .skipped, let evidence, !evidence.isInconclusive, evidence.found == evidence.expected {
      notes.append("all that it would make is there")
    }
    return (state, joined(notes))
  }

  private static func judgeByHistory(
    _ migration: Migration, _ entry: HistoryEntry, _ change: FileChange?, _ evidence: Evidence?
  ) -> Judgement? {
    switch entry.state {
    case .running:
      let done = "\(entry.statementsDone) of \(entry.statementsTotal) statements are recorded as done"
      return (.interrupted, joined(["nobody saw its end; \(done)", found(evidence)]))
    case .failed:
      let done =
        entry.statementsTotal > 0
        ? "\(entry.statementsDone) of \(entry.statementsTotal) statements stay" : nil
      return (.failed, joined([entry.error, done, found(evidence)]))
    case .skipped:
      return (.skipped, "the operator skipped it")
    case .reverted:
      let rest = evidence.flatMap {
        $0.found > 0 ? "but \($0.found) of \($0.expected) objects are there" : nil
      }
      return (.pending, joined(["it was reverted", rest]))
    case .applied, .adopted:
      if let change, change != .commentsOnly {
        let what = "the file is not the one that ran: \(change.words(in: migration.script))"
        return (.changed, joined([what, missing(evidence)]))
      }
      let comments = change.map { _ in "the file changed since it ran, but only in comments and white space" }
      if let missing = missing(evidence) {
        return (.partial, joined(["the history says that it is in, but \(missing)", comments]))
      }
      return (.applied, joined([entry.state == .adopted ? "recorded without being run" : nil, comments]))
    case .retired:
      return nil
    }
  }

  private static func judgeWithoutHistory(
    _ otherTools: [String], _ change: FileChange?, _ migration: Migration, _ evidence: Evidence?,
    _ neighbour: NeighbourTestimony
  ) -> Judgement {
    if !otherTools.isEmpty {
      let says = "\(list(otherTools)) says that it is in"
      if let change, change != .commentsOnly {
        let what = "\(says), but the file is not the one that ran: \(change.words(in: migration.script))"
        return (.changed, joined([what, missing(evidence)]))
      }
      if let missing = missing(evidence) { return (.partial, "\(says), but \(missing)") }
      return (.applied, "\(says); not in Signalbox's history")
    }
    if let evidence, !evidence.isInconclusive {
      if evidence.found == evidence.expected {
        return (.applied, "all that it makes is there; not in any history")
      }
      if evidence.found == 0 { return (.pending, nil) }
      return (.partial, missing(evidence))
    }
    let nothing = evidence == nil ? "the catalog was not asked" : "nothing that it does can be looked up"
    switch neighbour {
    case .laterApplied(let later):
      return (
        .applied,
        "\(nothing) and no history has it; taken as applied because \(later), which comes later, is in"
      )
    case .folderApplied(let earlier):
      return (
        .applied,
        "\(nothing) and no history has it; taken as applied as it stands in the same folder as \(earlier)"
      )
    case .nothing:
      return (.pending, "\(nothing) and no history has it")
    }
  }

  private static func found(_ evidence: Evidence?) -> String? {
    evidence.flatMap { $0.isInconclusive ? nil : "\($0.found) of \($0.expected) objects are there" }
  }

  /// What is missing or different, naming the first; nil if all is there or nothing can be looked up.
  private static func missing(_ evidence: Evidence?) -> String? {
    guard let evidence, evidence.found < evidence.expected,
      let first = evidence.items.first(where: { $0.verdict != .found })
    else { return nil }
    let what =
      switch first.verdict {
      case .differs(let how): "\(first.object) differs: \(how)"
      case .missing, .found:
        first.action == .drops ? "\(first.object) is still there" : "\(first.object) is missing"
      }
    let others = evidence.expected - evidence.found - 1
    return others > 0 ? "\(what), and \(others) more" : what
  }

  private static func list(_ names: [String]) -> String { names.joined(separator: " and ") }

  static func joined(_ notes: [String?]) -> String? {
    let said = notes.compactMap { $0 }.filter { !$0.isEmpty }
    return said.isEmpty ? nil : said.joined(separator: "; ")
  }
}
