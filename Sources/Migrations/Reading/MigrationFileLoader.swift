import Script

/// Reads one migration file: bytes, checksum, statements, and what its comments declare.
struct MigrationFileLoader: Sendable {
  let directory: ProjectDirectory
  let listed: ListedFiles
  let layout: Layout
  /// What stands for Flyway's placeholders.
  let placeholders: PlaceholderValues
  /// The encoding of the files, where it is not UTF-8; that of a migration goes before that of all.
  let encoding: FileEncoding?
  let encodings: [MigrationID: FileEncoding]

  /// A migration with what is wrong with its file; only files that can run have errors.
  struct Loaded: Sendable {
    var migration: Migration
    var errors: [ProjectProblem] = []
    var warnings: [ProjectProblem] = []
    var requiredNames: [CommentMarks.RequiredName] = []
    /// Names that other tools read as requirements.
    var dependencyNames: [CommentMarks.RequiredName] = []
    /// What the file of expectations beside it declares.
    var expectations: [Expectation] = []
    var text = SourceText([])
    /// Whether the text could be read, in its encoding.
    var isReadable = false

    /// The same, skipped with a warning if something in the file keeps it from running.
    var leftOutIfUnreadable: Loaded {
      guard migration.isRunnable, let first = errors.first else { return self }
      var copy = self
      copy.migration.place = .skipped
      let place = first.location.map { " (\($0))" } ?? ""
      copy.migration.notes.skipReason = "left out, since it cannot be read: \(first.message)\(place)"
      copy.warnings += errors
      copy.errors = []
      return copy
    }
  }

  /// A file as it was read, before anybody knows what it says.
  struct RawFile: Sendable {
    fileprivate let file: FoundFile
    fileprivate var loaded: Loaded
    /// What is wrong with the file of expectations beside it.
    fileprivate var errors: [ProjectProblem]
  }

  /// Reads a file's bytes, and what hangs on no other file; may be called on any thread.
  func read(_ file: FoundFile) -> RawFile {
    var loaded = Loaded(
      migration: Migration(
        id: file.id, version: file.version, name: file.name, file: file.path, place: file.place,
        declaredRequirements: file.requirements,
        notes: MigrationNotes(skipReason: file.skipReason),
        forbidsTransaction: file.forbidsTransaction || file.path.holds(".autocommit"),
        recordedVersion: file.recordedVersion, covers: file.covers, encoding: encodings[file.id] ?? encoding))
    switch bytes(at: file.path) {
    case .failure(let problem):
      loaded.errors.append(problem)
    case .success(let bytes):
      loaded.migration.checksum = Checksum.of(bytes)
      loaded.migration.digests = FileDigests(of: bytes)
      switch text(of: bytes, file: file) {
      case .failure(let problem):
        loaded.errors.append(problem)
      case .success(let text):
        loaded.text = text
        loaded.isReadable = true
      }
    }
    let errors = addExpectations(of: file, to: &loaded)
    return RawFile(file: file, loaded: loaded, errors: errors)
  }

  /// Takes a file apart that was read.
  ///
  /// - Parameter sequence: the migrations before it; it joins them if it can run.
  func load(_ raw: RawFile, in sequence: inout ScriptSequence) -> Loaded {
    let bytes = raw.loaded.isReadable ? part(raw.file.part, of: raw.loaded.text) : []
    // Only what cannot run has a sequence of its own: a second owner has all that is known copied at the first change.
    if raw.file.place.isRunnable { return parse(raw, bytes, in: &sequence) }
    var aside = sequence.branch(for: bytes)
    return parse(raw, bytes, in: &aside)
  }

  private func parse(_ raw: RawFile, _ bytes: [UInt8], in sequence: inout ScriptSequence) -> Loaded {
    let file = raw.file
    var loaded = raw.loaded
    if loaded.isReadable {
      if layout == .flyway { loaded.migration.placeholders = placeholders }
      var script = sequence.read(bytes)
      if layout == .flyway, placeholders.isReplacing {
        script.problems += Placeholders.problems(
          in: loaded.text, values: placeholders, comments: script.comments)
      }
      loaded.migration.script = script
      loaded.requiredNames = CommentMarks.requiredNames(in: script.comments)
      loaded.dependencyNames = CommentMarks.names(ofDependenciesIn: script.comments)
      if CommentMarks.forbidsTransaction(in: script.comments) { loaded.migration.forbidsTransaction = true }
      sort(script.problems, of: file.path, into: &loaded)
    }
    addRevertScript(of: file, to: &loaded, in: &sequence)
    loaded.errors += raw.errors
    if !loaded.migration.isRunnable {
      loaded.warnings += loaded.errors
      loaded.errors = []
    }
    return loaded
  }

  /// The text of a migration's file as UTF-8.
  private func text(of bytes: [UInt8], file: FoundFile) -> Result<SourceText, ProjectProblem> {
    let source = SourceText(bytes)
    let filled = layout == .flyway ? placeholders.filled(bytes) : bytes
    guard let encoding = encodings[file.id] ?? encoding else {
      return encodingProblem(of: source, file: file.path).map { .failure($0) } ?? .success(SourceText(filled))
    }
    switch encoding.utf8(filled) {
    case .success(let converted):
      return .success(SourceText(converted))
    case .failure(let malformed):
      let position = source.position(at: malformed.offset)
      return .failure(
        ProjectProblem(
          code: "wrong-encoding", message: "the file is not \(encoding.name)",
          location: FileLocation(file: file.path, position: position), line: source.line(position.line),
          advice: "correct `encoding` in signalbox.toml"))
    }
  }

  private func addRevertScript(
    of file: FoundFile, to loaded: inout Loaded, in sequence: inout ScriptSequence
  ) {
    switch file.revert {
    case nil:
      return
    case .file(let path):
      loaded.migration.revertFile = path
      switch bytes(at: path) {
      case .failure(let problem):
        loaded.warnings.append(problem)
      case .success(let bytes):
        switch text(of: bytes, file: file) {
        case .failure(var problem):
          problem.location?.file = path
          loaded.warnings.append(problem)
        case .success(let text):
          let script = sequence.readAside(text.bytes)
          loaded.migration.revertScript = script
          loaded.warnings += script.problems.map { Self.problem($0, file: path) }
        }
      }
    case .samePart(let marks):
      guard encodingProblem(of: loaded.text, file: file.path) == nil else { return }
      let script = sequence.readAside(marks.masked(loaded.text, up: false))
      guard !script.statements.isEmpty || !script.problems.isEmpty else { return }
      loaded.migration.revertFile = file.path
      loaded.migration.revertScript = script
      loaded.warnings += script.problems.map { Self.problem($0, file: file.path) }
    }
  }

  /// Reads the files of expectations beside a migration, and gives what is wrong with them.
  private func addExpectations(of file: FoundFile, to loaded: inout Loaded) -> [ProjectProblem] {
    var errors: [ProjectProblem] = []
    for path in ExpectationFile.paths(beside: file.path) where listed.kind(path) != nil {
      switch bytes(at: path) {
      case .failure(let problem):
        errors.append(problem)
      case .success(let bytes):
        let (expectations, problems) = ExpectationFile.read(bytes, file: path, of: file.id)
        loaded.expectations += expectations
        errors += problems
      }
    }
    return errors
  }

  private func part(_ part: FilePart, of text: SourceText) -> [UInt8] {
    switch part {
    case .whole: text.bytes
    case .marked(let marks, let up): marks.masked(text, up: up)
    }
  }

  private func bytes(at path: String) -> Result<[UInt8], ProjectProblem> {
    let location = FileLocation(file: path)
    switch listed.kind(path) {
    case .file:
      do {
        return .success(try directory.read(path))
      } catch {
        return .failure(
          ProjectProblem(
            code: "unreadable-file", message: "the file cannot be read: \(error.reason)", location: location,
            advice: "check who owns it and its permissions"))
      }
    case .directory:
      return .failure(
        ProjectProblem(
          code: "is-a-directory", message: "`\(Path.lastName(path))` is a directory, not a file",
          location: location, advice: "rename it, or put what it holds into one file"))
    case .danglingLink:
      return .failure(
        ProjectProblem(
          code: "dangling-link", message: "`\(Path.lastName(path))` is a link to a file that is not there",
          location: location, advice: "restore the file that it points to, or remove the link"))
    case .other:
      return .failure(
        ProjectProblem(
          code: "not-a-file", message: "`\(Path.lastName(path))` is a device, socket or pipe",
          location: location))
    case nil:
      return .failure(
        ProjectProblem(code: "no-such-file", message: "there is no file `\(path)`", location: location))
    }
  }

  private func encodingProblem(of text: SourceText, file: String) -> ProjectProblem? {
    let code: String
    let message: String
    var advice: String?
    let offset: Int
    if text.bytes.starts(with: [0xFF, 0xFE]) || text.bytes.starts(with: [0xFE, 0xFF]) {
      return ProjectProblem(
        code: "not-utf8", message: "the file is UTF-16, not UTF-8", location: FileLocation(file: file),
        advice: "convert it: iconv -f UTF-16 -t UTF-8")
    } else if let zero = text.bytes.firstIndex(of: 0) {
      (code, message, offset) = ("holds-nul", "the file holds a NUL byte, which no SQL can", zero)
    } else if let malformed = text.firstMalformedByte {
      let hex = String(text.bytes[malformed], radix: 16, uppercase: true)
      (code, message, offset) = ("not-utf8", "the file is not UTF-8: byte 0x\(hex)", malformed)
      advice =
        "say what it is in signalbox.toml (encoding = \"LATIN1\"), or convert it: iconv -f ISO-8859-1 -t UTF-8"
    } else {
      return nil
    }
    let position = text.position(at: offset)
    return ProjectProblem(
      code: code, message: message, location: FileLocation(file: file, position: position),
      line: text.line(position.line), advice: advice)
  }

  /// Only what no server reads is an error; the rest may be meant for psql or a newer server.
  private func sort(_ problems: [ScriptProblem], of file: String, into loaded: inout Loaded) {
    for problem in problems {
      switch problem.kind {
      case .syntaxError, .encoding: loaded.errors.append(Self.problem(problem, file: file))
      case .unknownSyntax, .psqlCommand, .psqlVariable:
        loaded.warnings.append(Self.problem(problem, file: file))
      }
    }
  }

  /// A problem of a script as a problem of the project.
  static func problem(_ problem: ScriptProblem, file: String) -> ProjectProblem {
    let (code, advice): (String, String?) =
      switch problem.kind {
      case .syntaxError: ("syntax-error", Placeholders.advice(for: problem.line))
      case .unknownSyntax: ("unknown-syntax", "a server newer than version 15 may read it")
      case .psqlCommand: ("psql-command", "only psql reads this; replace it by SQL")
      case .psqlVariable: ("psql-variable", "only psql fills this in; write the value")
      case .encoding: ("not-utf8", nil)
      }
    return ProjectProblem(
      code: code, message: problem.message, location: FileLocation(file: file, position: problem.position),
      line: problem.line, advice: advice)
  }
}
