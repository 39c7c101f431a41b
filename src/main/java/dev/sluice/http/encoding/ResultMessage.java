package dev.sluice.http.encoding;

/** A message beside a result. */
record ResultMessage(String level, String text) {}
