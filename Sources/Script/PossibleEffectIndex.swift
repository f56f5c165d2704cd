import Schema

/// Possible effects, found by the object that they may be about without asking each of them.
public struct PossibleEffectIndex: Sendable {
  private var numbers: [PossibleEffect.NameKey: [ObjectIdentity: Numbered]] = [:]

  private struct Numbered: Sendable {
    var effect: PossibleEffect
    var number: Int
  }

  /// Makes an index of nothing.
  public init() {}

  /// Takes in an effect with a number; of effects on the same names only the first is kept.
  public mutating func insert(_ possible: PossibleEffect, number: Int = 0) {
    let pattern = possible.effect.object
    let key = possible.key
    guard numbers[key]?[pattern] == nil else { return }
    numbers[key, default: [:]][pattern] = Numbered(effect: possible, number: number)
  }

  /// Whether one of the effects may be about an object.
  public func concerns(_ object: ObjectIdentity) -> Bool {
    PossibleEffect.keys(of: object).contains { key in
      numbers[key]?.values.contains { $0.effect.mayConcern(object) } ?? false
    }
  }

  /// The least number of an effect that may be about an object; nil if there is none.
  public func firstNumber(concerning object: ObjectIdentity) -> Int? {
    PossibleEffect.keys(of: object).compactMap { key in
      numbers[key]?.values.filter { $0.effect.mayConcern(object) }.map(\.number).min()
    }.min()
  }
}

/// Objects, found by what may be about them without asking of each.
public struct ObjectNameIndex: Sendable {
  private var objects: [PossibleEffect.NameKey: [ObjectIdentity]] = [:]

  /// Makes an index of nothing.
  public init() {}

  /// Takes in an object that is not yet in it.
  public mutating func insert(_ object: ObjectIdentity) {
    for key in PossibleEffect.keys(of: object) { objects[key, default: []].append(object) }
  }

  /// The objects that a possible effect may be about, in order.
  public func objects(concernedBy possible: PossibleEffect) -> [ObjectIdentity] {
    (objects[possible.key] ?? []).filter(possible.mayConcern).sorted()
  }
}

extension PossibleEffect {
  /// What a possible effect and all objects that it may be about have in common.
  struct NameKey: Hashable, Sendable {
    private enum Part: Hashable, Sendable { case kind, parent, name }

    private var kind: ObjectKind
    private var part: Part
    private var text: String

    fileprivate static func kind(_ kind: ObjectKind) -> NameKey { NameKey(kind: kind, part: .kind, text: "") }

    fileprivate static func parent(_ parent: String, _ kind: ObjectKind) -> NameKey {
      NameKey(kind: kind, part: .parent, text: parent)
    }

    fileprivate static func name(_ name: String, _ kind: ObjectKind) -> NameKey {
      NameKey(kind: kind, part: .name, text: name)
    }
  }

  /// The narrowest key of the objects that it may be about.
  var key: NameKey {
    let pattern = effect.object
    let kind = Self.family(pattern.kind)
    func isKnown(_ text: String) -> Bool { !text.contains(where: Self.isUnknown) }
    if isKnown(pattern.name) { return .name(pattern.name, kind) }
    if let parent = pattern.parent, isKnown(parent), !isOfWhoeverRunsIt { return .parent(parent, kind) }
    return .kind(kind)
  }

  /// The keys of all effects that may be about an object.
  static func keys(of object: ObjectIdentity) -> [NameKey] {
    let kind = family(object.kind)
    return [.kind(kind), .name(object.name, kind)] + (object.parent.map { [.parent($0, kind)] } ?? [])
  }
}
