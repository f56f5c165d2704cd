extension SessionSetting: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    self.init(name: try unpacker.text(), value: try unpacker.value())
  }

  func pack(into packer: inout Packer) {
    packer.pack(name)
    packer.pack(value)
  }
}

extension SessionSetting.Value: Packable {
  init(from unpacker: inout Unpacker) throws(UnpackingError) {
    switch try unpacker.number() {
    case 0: self = .text(try unpacker.text())
    case 1: self = .initial
    case 2: self = .unknown
    default: throw UnpackingError()
    }
  }

  func pack(into packer: inout Packer) {
    switch self {
    case .text(let text):
      packer.pack(0)
      packer.pack(text)
    case .initial: packer.pack(1)
    case .unknown: packer.pack(2)
    }
  }
}
