#pragma once

namespace echoflow::store::test {

/// The disk under SQLite fails on request, for all databases of this program, while one of these lives.
class FailingDisk {
 public:
  FailingDisk();
  ~FailingDisk();
  /// Every write fails with this errno; 0: works again.
  void fail_writes(int error);
  /// Every write to the disk itself (fsync) fails with this errno, after the writes went well; 0: works again.
  void fail_syncs(int error);
};

}  // namespace echoflow::store::test
