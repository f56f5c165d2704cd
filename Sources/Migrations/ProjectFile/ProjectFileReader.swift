import Script
import TOML

/// Reads `signalbox.toml`: what it declares, and everything that is wrong with it.
struct ProjectFileReader {
  private var problems: ProjectFileProblems

  private init(text: SourceText) { problems = ProjectFileProblems(file: ProjectFile.name, text: text) }

  /// Reads the bytes of a project file.
  ///
  /// A text that is no TOML has one problem; one that is has all its problems.
  static func read(_ bytes: [UInt8]) -> (file: ProjectFile, problems: ProjectFileProblems) {
    let text = SourceText(bytes)
    var reader = ProjectFileReader(text: text)
    if let malformed = text.firstMalformedByte {
      let position = text.position(at: malformed)
      reader.problems.add(
        "invalid-toml", "the file is not UTF-8",
        at: TOMLPosition(line: position.line, column: position.column))
      return (ProjectFile(), reader.problems)
    }
    do {
      let document = try TOMLDocument(parsing: String(decoding: bytes, as: UTF8.self))
      return (reader.projectFile(document.root), reader.problems)
    } catch {
      reader.problems.add("invalid-toml", error.message, at: error.position)
      return (ProjectFile(), reader.problems)
    }
  }

  private mutating func projectFile(_ root: TOMLTable) -> ProjectFile {
    problems.refuseUnknownKeys(
      in: root, of: "the project file",
      known: [
        "name", "title", "description", "platform", "migrations", "phase", "migration", "expect", "access",
        "target", "lint", "findings", "stage", "component", "search_path", "encoding",
        "seed",
      ])
    var file = ProjectFile()
    file.name = string("name", in: root)
    file.title = string("title", in: root)
    file.summary = string("description", in: root)
    file.platform = platform(in: root)
    file.directories = directories(in: root)
    file.seeds = textOrList("seed", in: root)
    if root["search_path"] != nil { file.searchPath = strings("search_path", in: root).map(\.text) }
    file.encoding = encoding(in: root)
    for table in tables("phase", in: root) {
      if let phase = phase(table) { file.phases.append(phase) }
    }
    for (key, table) in namedTables("migration", in: root) {
      file.migrations.append(migration(key, table))
    }
    for table in tables("expect", in: root) {
      file.expectations.append(ExpectationReader.read(table, problems: &problems))
    }
    file.stages = tables("stage", in: root).compactMap {
      CompatibilityTableReader.stage($0, problems: &problems)
    }
    file.components = tables("component", in: root).compactMap {
      CompatibilityTableReader.component($0, problems: &problems)
    }
    let access = AccessTableReader.read(in: root, problems: &problems)
    if !access.isEmpty { file.expectations.append(ExpectationDeclaration(claims: access)) }
    if let table = problems.reading({ () throws(TOMLError) in try root.table("lint") }) {
      file.lint = LintTableReader.read(table, problems: &problems)
    }
    if let table = problems.reading({ () throws(TOMLError) in try root.table("findings") }) {
      file.findings = FindingTableReader.read(table, problems: &problems)
    }
    for (key, table) in namedTables("target", in: root) {
      if let target = target(key.name, table) { file.targets.append(target) }
    }
    return file
  }

  /// `migrations`: one directory, or a list of them.
  private mutating func directories(in root: TOMLTable) -> [TOMLText] {
    switch root["migrations"]?.kind {
    case .table:
      problems.add(
        "wrong-type", "`migrations` names the directory of the migrations, but is a table",
        at: root["migrations"]?.position ?? root.position,
        advice: "what is said of one migration stands under [migration.\"ID\"]")
      return []
    default:
      return textOrList("migrations", in: root)
    }
  }

  /// One text, or a list of them.
  private mutating func textOrList(_ key: String, in root: TOMLTable) -> [TOMLText] {
    if case .array = root[key]?.kind { return strings(key, in: root) }
    return problems.reading { () throws(TOMLError) in try root.text(key).map { [$0] } } ?? []
  }

  private mutating func encoding(in table: TOMLTable) -> FileEncoding? {
    guard let name = string("encoding", in: table), let value = table["encoding"] else { return nil }
    if let encoding = FileEncoding(name) { return encoding }
    problems.add(
      "unknown-encoding", "there is no encoding `\(name)`", at: value.position,
      advice: "write it as PostgreSQL does: \"LATIN1\", \"WIN1252\", \"UTF8\", …")
    return nil
  }

  private mutating func platform(in root: TOMLTable) -> Platform? {
    guard let name = string("platform", in: root), let value = root["platform"] else { return nil }
    if let platform = Platform(rawValue: name) { return platform }
    problems.add(
      "unknown-platform", "there is no platform `\(name)`", at: value.position,
      advice: "write \"supabase\" or \"none\"")
    return nil
  }

  private mutating func phase(_ table: TOMLTable) -> PhaseDeclaration? {
    problems.refuseUnknownKeys(
      in: table, of: "a phase", known: ["name", "purpose", "range", "migrations", "key"])
    let name = problems.required("name", in: table, of: "the phase")
    let members = strings("migrations", in: table)
    let range = range(in: table)
    if table["range"] == nil, table["migrations"] == nil {
      problems.add(
        "missing-key", "the phase has neither `range` nor `migrations`", at: table.position,
        advice: "write range = \"001..010\", or migrations = [\"…\"]")
    }
    guard let name else { return nil }
    return PhaseDeclaration(
      name: name, purpose: string("purpose", in: table), range: range, members: members,
      key: strings("key", in: table),
      position: table.position)
  }

  private mutating func range(in table: TOMLTable) -> RangeDeclaration? {
    guard let text = string("range", in: table), let value = table["range"] else { return nil }
    if let range = SelectorRange(text), let lower = range.lower.flatMap(MigrationVersion.init),
      let upper = range.upper.flatMap(MigrationVersion.init)
    {
      if upper < lower {
        problems.add("invalid-range", "the range `\(text)` ends before it begins", at: value.position)
        return nil
      }
      return RangeDeclaration(text: text, lower: lower, upper: upper, position: value.position)
    }
    problems.add(
      "invalid-range", "`\(text)` is no range of versions", at: value.position, advice: "write \"001..010\"")
    return nil
  }

  private mutating func migration(_ key: TOMLKey, _ table: TOMLTable) -> MigrationDeclaration {
    problems.refuseUnknownKeys(
      in: table, of: "a migration",
      known: [
        "requires", "covers", "priority", "purpose", "impact", "skip", "transaction", "revert", "encoding",
      ])
    var migration = MigrationDeclaration(key: key)
    migration.requires = strings("requires", in: table)
    migration.covers = strings("covers", in: table)
    migration.notes = MigrationNotes(
      purpose: string("purpose", in: table), priority: string("priority", in: table),
      impact: string("impact", in: table), skipReason: string("skip", in: table))
    let transaction = problems.reading { () throws(TOMLError) in try table.boolean("transaction") }
    migration.forbidsTransaction = transaction == false
    migration.encoding = encoding(in: table)
    migration.revert = problems.reading { () throws(TOMLError) in try table.text("revert") }
    return migration
  }

  private mutating func target(_ name: String, _ table: TOMLTable) -> TargetDeclaration? {
    problems.refuseUnknownKeys(in: table, of: "a target", known: ["url", "label", "protected", "colour"])
    let url = problems.required("url", in: table, of: "the target `\(name)`")
    let label = string("label", in: table)
    let isProtected = problems.reading { () throws(TOMLError) in try table.boolean("protected") }
    let colour = problems.reading { () throws(TOMLError) in try table.text("colour") }
    if let colour, !TargetDeclaration.colours.contains(colour.text) {
      problems.add(
        "wrong-colour", "`\(colour.text)` is no colour of a target", at: colour.position,
        advice: "it must be one of \(TargetDeclaration.colours.joined(separator: ", "))")
    }
    guard let url else { return nil }
    return TargetDeclaration(
      name: name, url: url, label: label, isProtected: isProtected ?? false, colour: colour?.text)
  }

  private mutating func string(_ key: String, in table: TOMLTable) -> String? {
    problems.reading { () throws(TOMLError) in try table.string(key) }
  }

  private mutating func strings(_ key: String, in table: TOMLTable) -> [TOMLText] {
    problems.reading { () throws(TOMLError) in try table.strings(key) } ?? []
  }

  private mutating func tables(_ key: String, in table: TOMLTable) -> [TOMLTable] {
    problems.reading { () throws(TOMLError) in try table.tables(key) } ?? []
  }

  /// The tables under a key, each with the key that names it.
  private mutating func namedTables(_ key: String, in table: TOMLTable) -> [(TOMLKey, TOMLTable)] {
    guard let group = problems.reading({ () throws(TOMLError) in try table.table(key) }) else { return [] }
    return group.entries.compactMap { entry in
      if case .table(let inner) = entry.value.kind { return (entry.key, inner) }
      problems.add(
        "wrong-type", "`\(key).\(entry.key.name)` must be a table, but is \(entry.value.kindDescription)",
        at: entry.value.position)
      return nil
    }
  }
}
