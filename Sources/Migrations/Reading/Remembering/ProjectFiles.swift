import Script

/// The migration files of a project, each read, before they are put together with the project file.
struct ProjectFiles: Sendable {
  /// How they were found; without the files themselves.
  var found: FoundFiles
  /// The files, in order.
  var loaded: [MigrationFileLoader.Loaded]
}

extension ProjectFiles {
  /// Reads what ``write(to:)`` has written.
  init(
    from reader: inout OutlineByteReader, root: String, in fileSystem: FileSystem
  ) throws(OutlineByteReader.Mismatch) {
    guard let layout = Layout(rawValue: try reader.text()) else { throw OutlineByteReader.Mismatch() }
    found = FoundFiles(layout: layout, base: try reader.text(), files: [], isOrdered: true)
    found.warnings = try reader.array { (reader) throws(OutlineByteReader.Mismatch) in
      try ProjectProblem(from: &reader)
    }
    loaded = try reader.array { (reader) throws(OutlineByteReader.Mismatch) in
      MigrationFileLoader.Loaded(migration: try Migration(from: &reader, root: root, in: fileSystem))
    }
  }

  /// Writes them for the next start.
  func write(to writer: inout OutlineByteWriter) {
    writer.append(found.layout.rawValue)
    writer.append(found.base)
    writer.append(found.warnings) { $0.write(to: &$1) }
    writer.append(loaded) { $0.migration.write(to: &$1) }
  }
}

extension Migration {
  /// Reads what ``write(to:)`` has written: a file of which nobody knows what it says.
  fileprivate init(
    from reader: inout OutlineByteReader, root: String, in fileSystem: FileSystem
  ) throws(OutlineByteReader.Mismatch) {
    let id = MigrationID(try reader.text())
    let version = try reader.text()
    let name = try reader.text()
    let file = try reader.text()
    guard let place = Place(rawValue: try reader.text()) else { throw OutlineByteReader.Mismatch() }
    self.init(
      id: id, version: version, name: name, file: file, place: place, checksum: try reader.text(),
      declaredRequirements: try reader.array { (reader) throws(OutlineByteReader.Mismatch) in
        DeclaredRequirement(
          id: MigrationID(try reader.text()), location: try FileLocation(from: &reader))
      },
      notes: MigrationNotes(skipReason: try reader.optionalText()), forbidsTransaction: try reader.flag(),
      revertFile: try reader.optionalText(), revertScript: try reader.flag() ? ParsedScript() : nil,
      recordedVersion: try reader.optionalText(),
      covers: try reader.array { (reader) throws(OutlineByteReader.Mismatch) in
        MigrationID(try reader.text())
      },
      digests: FileDigests(of: UnreadFile(path: Path.join(root, file), fileSystem: fileSystem)))
  }

  fileprivate func write(to writer: inout OutlineByteWriter) {
    writer.append(id.rawValue)
    writer.append(version)
    writer.append(name)
    writer.append(file)
    writer.append(place.rawValue)
    writer.append(checksum)
    writer.append(declaredRequirements) { required, writer in
      writer.append(required.id.rawValue)
      required.location.write(to: &writer)
    }
    writer.append(notes.skipReason)
    writer.append(forbidsTransaction)
    writer.append(revertFile)
    writer.append(revertScript != nil)
    writer.append(recordedVersion)
    writer.append(covers) { $1.append($0.rawValue) }
  }
}

extension FileLocation {
  fileprivate init(from reader: inout OutlineByteReader) throws(OutlineByteReader.Mismatch) {
    self.init(file: try reader.text())
    if try reader.flag() {
      position = SourcePosition(line: try reader.number(), column: try reader.number())
    }
  }

  fileprivate func write(to writer: inout OutlineByteWriter) {
    writer.append(file)
    writer.append(position != nil)
    if let position {
      writer.append(position.line)
      writer.append(position.column)
    }
  }
}

extension ProjectProblem {
  fileprivate init(from reader: inout OutlineByteReader) throws(OutlineByteReader.Mismatch) {
    self.init(
      code: try reader.text(), message: try reader.text(),
      location: try reader.flag() ? try FileLocation(from: &reader) : nil, line: try reader.optionalText(),
      advice: try reader.optionalText())
  }

  fileprivate func write(to writer: inout OutlineByteWriter) {
    writer.append(code)
    writer.append(message)
    writer.append(location != nil)
    if let location { location.write(to: &writer) }
    writer.append(line)
    writer.append(advice)
  }
}
