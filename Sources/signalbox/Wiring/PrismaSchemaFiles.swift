import Migrations
import Prisma
import Script

/// The files of a Prisma schema on disk.
enum PrismaSchemaFiles {
  /// Reads a schema: a file, or all `.prisma` files of a directory and those below it, which are one schema.
  ///
  /// A relative path counts from the working directory, and where nothing is there from the project's.
  ///
  /// - Throws: ``ProjectError`` with everything that is wrong with the schema; ``CommandFailure`` if it cannot be read.
  static func read(_ path: String, project: Project, fileSystem: FileSystem = .local) throws -> PrismaSchema {
    let path = try place(path, project, fileSystem)
    var files: [PrismaSchema.File] = []
    for name in try names(at: path, fileSystem) {
      let bytes: [UInt8]
      do {
        bytes = try fileSystem.read(name)
      } catch {
        throw CommandFailure(.usage, "cannot read \(name): \(error.reason)")
      }
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw CommandFailure(.usage, "\(name) is not UTF-8", advice: "Prisma's files are UTF-8")
      }
      files.append(PrismaSchema.File(name: name, text: text))
    }
    do {
      return try PrismaSchema(files)
    } catch {
      throw ProjectError(error.problems.map { problem($0, files) })
    }
  }

  private static func place(_ path: String, _ project: Project, _ fileSystem: FileSystem) throws -> String {
    if fileSystem.kind(path) != nil { return path }
    let inProject = "\(project.root)/\(path)"
    if !path.hasPrefix("/"), fileSystem.kind(inProject) != nil { return inProject }
    throw CommandFailure(
      .usage, "there is no Prisma schema at \(path)",
      advice: "name the file (prisma/schema.prisma), or the directory if the schema has several")
  }

  private static func names(at path: String, _ fileSystem: FileSystem) throws -> [String] {
    guard fileSystem.kind(path) == .directory else { return [path] }
    var found: [String] = []
    var open = [path]
    while let directory = open.popLast() {
      let names: [String]
      do {
        names = try fileSystem.list(directory).sorted()
      } catch {
        throw CommandFailure(.usage, "cannot list \(directory): \(error.reason)")
      }
      for name in names where !name.hasPrefix(".") && name != "node_modules" {
        switch fileSystem.kind("\(directory)/\(name)") {
        case .directory: open.append("\(directory)/\(name)")
        case .file where name.hasSuffix(".prisma"): found.append("\(directory)/\(name)")
        default: continue
        }
      }
    }
    if found.isEmpty {
      throw CommandFailure(
        .usage, "there is no .prisma file in \(path)", advice: "name the file of the schema")
    }
    return found.sorted()
  }

  private static func problem(_ problem: PrismaProblem, _ files: [PrismaSchema.File]) -> ProjectProblem {
    let place = problem.location
    let lines = files.first { $0.name == place.file }?.text
      .split(separator: "\n", omittingEmptySubsequences: false)
    let line = lines.flatMap { $0.indices.contains(place.line - 1) ? String($0[place.line - 1]) : nil }
    return ProjectProblem(
      code: "prisma-schema", message: problem.message,
      location: FileLocation(
        file: place.file, position: SourcePosition(line: place.line, column: place.column)), line: line,
      advice: problem.advice)
  }
}
