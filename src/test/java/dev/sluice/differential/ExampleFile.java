package dev.sluice.differential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Examples as text. Lines of a file:
 *
 * <pre>
 * # a remark
 * ! http.auth-enabled = true   a setting that both servers are started with; at the beginning only
 * == 5.6 GROUP BY              a section begins
 * &gt; SELECT v FROM cpu          statements, sent by POST to /query?db=d&amp;epoch=ns
 * &gt;&gt; GET /ping                 any other request, followed by
 * &gt;- Accept: text/csv          its headers
 * &gt;| cpu v=1 1                 its body, line by line
 * &gt;? X-Influxdb-Error          a header of the answer that matters too
 * = where                      the place in docs/compatibility.md, when the answer is not the reference's
 * &lt; 200 application/json {}    status, type ("-" for none) and first line of the body
 * &lt;| more                      more lines of the body
 * &lt;- X-Influxdb-Error: text    a header that was asked for
 * &lt;~ 200 .*                    instead: a regular expression for the whole answer
 * </pre>
 *
 * In requests {@code ␍} stands for a carriage return, {@code ␉} for a tab.
 */
final class ExampleFile {

    private final Path path;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<Example> examples = new ArrayList<>();
    private final List<String> lines;

    private ExampleFile(Path path, List<String> lines) {
        this.path = path;
        this.lines = lines;
    }

    /** Reads a file. */
    static ExampleFile read(Path path) throws IOException {
        ExampleFile file = new ExampleFile(path, Files.readAllLines(path));
        file.parse();
        return file;
    }

    String name() {
        return path.getFileName().toString().replace(".txt", "");
    }

    Map<String, String> settings() {
        return settings;
    }

    List<Example> examples() {
        return examples;
    }

    /** Writes the file again with other answers, which stand in the order of the examples. */
    void rewrite(List<List<String>> answers) throws IOException {
        List<String> written = new ArrayList<>();
        int example = -1;
        boolean inRequest = false;
        for (String line : lines) {
            boolean ofRequest = line.startsWith(">") || inRequest && line.startsWith("= ");
            if (inRequest && !ofRequest) {
                written.addAll(answers.get(example));
            }
            if (line.startsWith("> ") || line.startsWith(">> ")) {
                if (inRequest) {
                    written.addAll(answers.get(example));
                }
                example++;
            }
            inRequest = ofRequest;
            if (!line.startsWith("<")) {
                written.add(line);
            }
        }
        if (inRequest) {
            written.addAll(answers.get(example));
        }
        Files.write(path, written);
    }

    private void parse() {
        String section = "";
        int at = 0;
        while (at < lines.size()) {
            String line = lines.get(at);
            if (line.startsWith("== ")) {
                section = line.substring(3);
            } else if (line.startsWith("! ")) {
                String[] setting = line.substring(2).split(" = ", 2);
                settings.put(setting[0], setting[1]);
            } else if (line.startsWith(">")) {
                at = example(section, at);
                continue;
            } else if (!line.isBlank() && !line.startsWith("#")) {
                throw new IllegalArgumentException(path + ":" + (at + 1) + ": " + line);
            }
            at++;
        }
    }

    private int example(String section, int start) {
        int at = start + 1;
        while (at < lines.size() && lines.get(at).matches(">[-|?].*")) {
            at++;
        }
        List<String> request = lines.subList(start, at);
        String difference = null;
        if (at < lines.size() && lines.get(at).startsWith("= ")) {
            difference = lines.get(at++).substring(2);
        }
        int answer = at;
        while (at < lines.size() && lines.get(at).startsWith("<")) {
            at++;
        }
        examples.add(new Example(section, start + 1, request, difference, lines.subList(answer, at)));
        return at;
    }

    /** The settings as options of the service; null when there are none. */
    @Nullable
    List<String> options() {
        return settings.isEmpty()
                ? null
                : settings.entrySet().stream()
                        .map(setting -> "--influxdb." + setting.getKey() + "="
                                + setting.getValue().replaceAll("^\"|\"$", ""))
                        .toList();
    }
}
