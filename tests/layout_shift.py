"""What a page is asked to write down while it loads."""

NOTE_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) {
    // As it is reported, to three decimals: less is a letter between two steps of a slow parser.
    if (one.value < 0.0005) continue;
    const moved = one.sources.map((source) => source.node?.outerHTML?.slice(0, 90));
    window.shifts.push(`${one.value}: ${moved.join(", ")}`);
  }
}).observe({ type: "layout-shift", buffered: true });
"""
