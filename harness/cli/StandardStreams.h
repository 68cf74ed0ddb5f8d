// What a command prints has to arrive: a full disk is an error, not silence.
#pragma once

namespace pto::harness {

class StandardStreams {
public:
  /// Opens descriptors that are closed, so that no file of the run takes the place of one. A pipe whose reader has
  /// gone no longer ends the process.
  StandardStreams();

  bool isOutputOpen() const { return outputIsOpen; }
  /// Flushes stdout, and says what became of it where it could not be written; the exit code then. A reader that
  /// went away does not change it.
  int finish(int exitCode);

private:
  bool outputIsOpen = true;
};

} // namespace pto::harness
