import Glibc

/// The system's words for an error number.
func systemMessage(_ error: Int32) -> String {
  var buffer = [CChar](repeating: 0, count: 256)
  strerror_r(error, &buffer, buffer.count)
  return buffer.withUnsafeBufferPointer { buffer in
    buffer.baseAddress.map { String(cString: $0) } ?? "error \(error)"
  }
}
