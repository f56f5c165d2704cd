public import Schema

/// How what roles reach changes between two moments.
public struct AccessChange: Sendable, Hashable {
  /// What changes, by object, role and command.
  public var cells: [Cell]

  /// Makes a change of these cells.
  public init(_ cells: [Cell] = []) { self.cells = cells }

  /// Whether nothing changes.
  public var isEmpty: Bool { cells.isEmpty }

  /// The cells by which a role reaches more than before.
  public var widenings: [Cell] { cells.filter { $0.direction == .widens } }

  /// What one role reaches of one object by one command, before and after.
  public struct Cell: Sendable, Hashable {
    /// The object.
    public var object: ObjectIdentity
    /// The role.
    public var role: String
    /// The command (`SELECT`).
    public var command: String
    /// What was reached; nil if the object was not there.
    public var before: Reach?
    /// What is reached afterwards.
    public var after: Reach
    /// Whether that is more.
    public var direction: Direction

    /// Makes a cell from its parts.
    public init(
      _ object: ObjectIdentity, role: String, command: String, before: Reach?, after: Reach,
      direction: Direction
    ) {
      self.object = object
      self.role = role
      self.command = command
      self.before = before
      self.after = after
      self.direction = direction
    }
  }

  /// What a role reaches.
  public struct Reach: Sendable, Hashable {
    /// The matrix's word for it (`own`, `no grant`).
    public var value: String
    /// The same for people, with what picks the rows (`rows by instance_key`).
    public var words: String

    /// Makes a reach from its parts.
    public init(_ value: String, words: String) {
      self.value = value
      self.words = words
    }
  }

  /// Whether a role reaches more or less than before.
  public enum Direction: String, Sendable, Hashable, CaseIterable, Codable {
    /// It reaches more.
    case widens
    /// It reaches less.
    case narrows
    /// It reaches something else, which may be more or less.
    case differs
    /// The object is new, and the role reaches of it no more than is its own to reach.
    case appears
  }
}

/// What migrations, in their order, change of what roles reach.
public struct AccessOutlook: Sendable, Hashable {
  /// How it was found out.
  public enum Method: String, Sendable, Hashable, Codable {
    /// By running the migrations in a transaction that was rolled back.
    case rehearsal
    /// From what the statements say, without running them.
    case prediction
  }

  /// What one migration changes.
  public struct Step: Sendable, Hashable {
    /// The migration.
    public var migration: MigrationID
    /// What it changes.
    public var change: AccessChange
    /// What cannot be known without running it.
    public var unknowns: [Unknown]

    /// Makes a step from its parts.
    public init(_ migration: MigrationID, change: AccessChange, unknowns: [Unknown] = []) {
      self.migration = migration
      self.change = change
      self.unknowns = unknowns
    }
  }

  /// Something that may change access in a way that cannot be known without running it.
  public struct Unknown: Sendable, Hashable {
    /// What it may change, or nil for anything.
    public var object: ObjectIdentity?
    /// Why it is not known.
    public var reason: String
    /// Where the statement stands, if it is one statement's.
    public var location: FileLocation?

    /// Makes one from its parts.
    public init(_ reason: String, object: ObjectIdentity? = nil, location: FileLocation? = nil) {
      self.object = object
      self.reason = reason
      self.location = location
    }
  }

  /// How it was found out.
  public var method: Method
  /// The migrations, in the order in which they run.
  public var steps: [Step]

  /// Makes a forecast from its parts.
  public init(_ method: Method, steps: [Step]) {
    self.method = method
    self.steps = steps
  }

  /// The cells by which a role reaches more after a migration than before all of them.
  ///
  /// What one migration takes away another may give back, and what is new in the plan has no rows yet that somebody
  /// could reach beyond the own ones.
  public var widenings: [AccessChange.Cell] {
    var first: [Place: AccessChange.Cell] = [:]
    var new: Set<ObjectIdentity> = []
    var found: [Place: AccessChange.Cell] = [:]
    var order: [Place] = []
    for cell in steps.flatMap(\.change.cells) {
      let place = Place(object: cell.object, role: cell.role, command: cell.command)
      if cell.before == nil { new.insert(cell.object) }
      let earliest = first[place] ?? cell
      first[place] = earliest
      guard cell.direction == .widens else { continue }
      if new.contains(cell.object), cell.after.value == "own" { continue }
      if let before = earliest.before, cell != earliest {
        // What was reached at first is reached again, or less.
        guard before != cell.after, before.value != "all", before.value != "bypass" else { continue }
      }
      var whole = cell
      whole.before = earliest.before
      if found.updateValue(whole, forKey: place) == nil { order.append(place) }
    }
    return order.compactMap { found[$0] }
  }

  private struct Place: Hashable {
    var object: ObjectIdentity
    var role: String
    var command: String
  }
}
