package fr.vigie.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;

/** The most heap that was in use at once, garbage included. */
final class Peak {
  private static final List<MemoryPoolMXBean> HEAP =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .toList();

  private Peak() {}

  static Peak start() {
    HEAP.forEach(MemoryPoolMXBean::resetPeakUsage);
    return new Peak();
  }

  /** Of 1,048,576 bytes each; the sum over the pools' own peaks, so an upper bound. */
  double megabytes() {
    return HEAP.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() / 1_048_576.0;
  }
}
