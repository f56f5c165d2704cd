/// An optional value that is kept apart from what has it, so that what mostly has none stays small and is cheap to copy.
@propertyWrapper
struct Apart<Value: Sendable>: Sendable {
  private var storage: Storage?

  init(wrappedValue: Value?) { storage = wrappedValue.map(Storage.init) }

  var wrappedValue: Value? {
    get { storage?.value }
    set { storage = newValue.map(Storage.init) }
  }

  private final class Storage: Sendable {
    let value: Value

    init(_ value: Value) { self.value = value }
  }
}
