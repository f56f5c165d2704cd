import Migrations
import Schema
import Script

/// What an effect on objects whose names nobody knows before it runs does to the objects so far.
extension EffectFold {
  /// Puts everything in doubt that the effect may be about.
  mutating func apply(_ possible: PossibleEffect) {
    if possible.effect.action == .creates { possiblyMade.insert(possible) }
    let isRedefinition = possible.effect.definition == PossibleEffect.redefinition
    for object in concerned(by: possible) {
      var effect = possible.effect
      effect.object = object
      effect.condition = .guarded("it may be meant")
      switch effect.action {
      case .drops: apply(effect)
      case .alters where isRedefinition: redefine(object)
      case .alters: blur(object, effect)
      case .creates: doubt(object)
      case .uses: break
      }
    }
  }

  private mutating func concerned(by possible: PossibleEffect) -> [ObjectIdentity] {
    var names = objectNames ?? ObjectNameIndex()
    if objectNames == nil {
      for object in objects.keys { names.insert(object) }
      objectNames = names
    }
    return names.objects(concernedBy: possible)
  }

  private mutating func blur(_ object: ObjectIdentity, _ effect: Effect) {
    guard let state = objects[object], state.existence != .absent else { return }
    let facets = changes(by: effect, to: state).keys
    change(object, by: .alters) { state in
      for facet in facets { state.facets[facet] = .unknown }
      state.facetsOfFormerNames.subtract(facets)
    }
  }

  /// Puts in doubt all of an object but whether it is there.
  private mutating func redefine(_ object: ObjectIdentity) {
    guard let existence = objects[object]?.existence, existence != .absent else { return }
    change(object, by: .alters) { state in
      state.blur()
      state.facets[.existence] = existence
      state.account = nil
    }
  }

  private mutating func doubt(_ object: ObjectIdentity) {
    if objects[object]?.existence == .present {
      // `CREATE OR REPLACE` may have replaced it.
      if [.function, .procedure, .view].contains(object.kind) {
        redefine(object)
      }
    } else {
      set(object, TrackedObject(existence: .unknown), by: .creates)
    }
  }
}
