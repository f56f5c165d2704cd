import Glibc
import JSON
import Migrations

/// What a command has to say that hangs on nothing but the files of a project.
struct CachedAnswer: Sendable, Hashable {
  /// How the process ends.
  var status: ExitStatus
  /// The lines of standard output.
  var output: [String]
  /// The lines of standard error.
  var errors: [String]

  /// Says it.
  func say() -> ExitStatus {
    for line in errors { Output.error(line) }
    if !output.isEmpty { Output.text(output.joined(separator: "\n") + "\n") }
    return status
  }
}

/// Answers that were worked out before, under the XDG cache directory.
///
/// An answer counts only if this very program would read the very same now; whatever else is found there counts for
/// nothing. So it may be deleted at any time, and where nothing can be kept, everything is worked out anew.
struct AnswerCache: Sendable {
  /// Where answers are kept; nil for nowhere.
  let directory: String?

  /// `$XDG_CACHE_HOME/signalbox/answers`, else `~/.cache/signalbox/answers` (XDG Base Directory Specification).
  static var standard: AnswerCache {
    if let given = Environment.variable("XDG_CACHE_HOME"), given.hasPrefix("/") {
      return AnswerCache(directory: "\(given)/signalbox/answers")
    }
    guard let home = Environment.variable("HOME"), home.hasPrefix("/") else {
      return AnswerCache(directory: nil)
    }
    return AnswerCache(directory: "\(home)/.cache/signalbox/answers")
  }

  /// The answer to a question about a project: the kept one, else the one that is worked out, which is kept.
  ///
  /// - Parameters:
  ///   - question: everything besides the files that the answer hangs on.
  ///   - work: works it out, and reads files through the file system that it is given alone.
  /// - Throws: what `work` throws.
  func answer(
    to question: [String], about options: ProjectOptions, fileSystem: FileSystem = .local,
    work: (FileSystem) throws -> CachedAnswer
  ) throws -> CachedAnswer {
    let question = question + [fileSystem.resolve(options.path), "\(options.leaveOutUnreadable)"]
    guard let directory, let program = Self.program else { return try work(fileSystem) }
    let path = "\(directory)/\(Checksum.exact(Array(question.joined(separator: "\u{0}").utf8))).json"
    func key(_ transcript: ReadingTranscript) -> String { "\(program) \(transcript.digest)" }
    if let kept = Self.kept(at: path, fileSystem) {
      let transcript = ReadingTranscript()
      // What is wrong with the project is said by whoever works the answer out.
      let outline = try? LoadedProject.outline(options, in: transcript.noting(fileSystem))
      if outline != nil, kept.key == key(transcript) { return kept.answer }
    }
    let transcript = ReadingTranscript()
    let answer = try work(transcript.noting(fileSystem))
    Self.keep(answer, as: key(transcript), at: path)
    return answer
  }

  /// This very program: another build may answer otherwise.
  private static var program: String? {
    var status = stat()
    guard stat("/proc/self/exe", &status) == 0 else { return nil }
    return
      "\(SignalboxVersion.text) \(status.st_ino) \(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
  }

  /// The answer of a file: its key, a checksum of what follows, and the answer; nil if it is not whole.
  private static func kept(at path: String, _ fileSystem: FileSystem) -> (key: String, answer: CachedAnswer)?
  {
    guard fileSystem.kind(path) == .file, let bytes = try? fileSystem.read(path) else { return nil }
    let parts = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[1].elementsEqual(Checksum.exact(Array(parts[2])).utf8),
      case .object(let members)? = JSONReader.read(Array(parts[2])), members.count == 3,
      case .integer(let status) = members[0].value, let end = ExitStatus(rawValue: Int32(clamping: status)),
      let output = lines(members[1].value), let errors = lines(members[2].value)
    else { return nil }
    return (
      String(decoding: parts[0], as: UTF8.self), CachedAnswer(status: end, output: output, errors: errors)
    )
  }

  private static func lines(_ value: JSONValue) -> [String]? {
    guard case .array(let elements) = value else { return nil }
    let lines = elements.compactMap { element in
      if case .string(let line) = element { line } else { nil }
    }
    return lines.count == elements.count ? lines : nil
  }

  /// Keeps an answer: written beside its place and then put there, so that nobody sees half of it.
  ///
  /// Where that does not work, nothing is lost but time.
  private static func keep(_ answer: CachedAnswer, as key: String, at path: String) {
    let body = JSONValue.object([
      .init("status", .integer(Int64(answer.status.rawValue))),
      .init("output", .array(answer.output.map { .string($0) })),
      .init("errors", .array(answer.errors.map { .string($0) })),
    ]).text
    let text = [key, Checksum.exact(Array(body.utf8)), body].joined(separator: "\n")
    makeDirectories(above: path)
    let draft = "\(path).\(getpid())"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    let bytes = Array(text.utf8)
    let written = write(descriptor, bytes, bytes.count)
    if close(descriptor) != 0 || written != bytes.count || rename(draft, path) != 0 { unlink(draft) }
  }

  private static func makeDirectories(above path: String) {
    var place = path.startIndex
    while let slash = path[place...].firstIndex(of: "/") {
      if slash != path.startIndex { mkdir(String(path[..<slash]), 0o700) }
      place = path.index(after: slash)
    }
  }
}
