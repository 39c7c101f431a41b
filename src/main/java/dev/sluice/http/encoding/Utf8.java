package dev.sluice.http.encoding;

/** What is well-formed UTF-8 (Unicode, table 3-7), which is what Go's decoder accepts. */
final class Utf8 {

    private Utf8() {}

    /** The length in bytes of the character beyond ASCII that starts here, or 0 when the bytes are no character. */
    static int lengthAt(byte[] text, int at) {
        int first = text[at] & 0xff;
        if (first < 0xc2 || first > 0xf4) {
            return 0;
        }
        int length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        if (text.length - at < length) {
            return 0;
        }
        int second = text[at + 1] & 0xff;
        int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int greatest = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        if (second < least || second > greatest) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((text[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }
}
