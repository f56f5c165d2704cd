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

/// Answers that were worked out before.
///
/// An answer counts only if this very program would read the very same now.
struct AnswerCache: Sendable {
  /// Where answers are kept.
  let directory: CacheDirectory

  /// The answers of this user.
  static var standard: AnswerCache { AnswerCache(directory: .standard) }

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
    guard directory.path != nil else { return try work(fileSystem) }
    let name = "answers/\(Checksum.exact(Array(question.joined(separator: "\u{0}").utf8))).json"
    if let kept = kept(as: name, fileSystem) {
      let transcript = ReadingTranscript()
      // What is wrong with the project is said by whoever works the answer out.
      let outline = try? LoadedProject.outline(
        options, in: transcript.noting(fileSystem),
        remembering: OutlineCache(directory: CacheDirectory(path: nil)))
      if outline != nil, kept.key == transcript.digest { return kept.answer }
    }
    let transcript = ReadingTranscript()
    let answer = try work(transcript.noting(fileSystem))
    keep(answer, for: transcript.digest, as: name)
    return answer
  }

  /// The answer of a file, and the transcript that it is for.
  private func kept(as name: String, _ fileSystem: FileSystem) -> (key: String, answer: CachedAnswer)? {
    guard let bytes = directory.contents(of: name, in: fileSystem),
      case .object(let members)? = JSONReader.read(bytes), members.count == 4,
      case .string(let key) = members[0].value,
      case .integer(let status) = members[1].value, let end = ExitStatus(rawValue: Int32(clamping: status)),
      let output = Self.lines(members[2].value), let errors = Self.lines(members[3].value)
    else { return nil }
    return (key, CachedAnswer(status: end, output: output, errors: errors))
  }

  private static func lines(_ value: JSONValue) -> [String]? {
    guard case .array(let elements) = value else { return nil }
    let lines = elements.compactMap { element in
      if case .string(let line) = element { line } else { nil }
    }
    return lines.count == elements.count ? lines : nil
  }

  private func keep(_ answer: CachedAnswer, for key: String, as name: String) {
    let body = JSONValue.object([
      .init("files", .string(key)),
      .init("status", .integer(Int64(answer.status.rawValue))),
      .init("output", .array(answer.output.map { .string($0) })),
      .init("errors", .array(answer.errors.map { .string($0) })),
    ]).text
    directory.keep(Array(body.utf8), as: name)
  }
}
