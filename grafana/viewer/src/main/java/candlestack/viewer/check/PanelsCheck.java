package candlestack.viewer.check;

import candlestack.viewer.files.Dashboard;
import candlestack.viewer.files.DashboardFiles;
import candlestack.viewer.query.QueryException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Asks a running viewer for every target of every panel, as a browser would with the variables' defaults, and tells
 * which have no rows. Arguments: the viewer's address, the folder of the Grafana files, uids of dashboards.
 */
public final class PanelsCheck {
    private final ViewerClient viewer;
    private final DashboardFiles files;

    /** @param grafana the folder with dashboards/ */
    public PanelsCheck(URI viewer, Path grafana) {
        this.viewer = new ViewerClient(viewer);
        this.files = new DashboardFiles(grafana.resolve("dashboards"), System::nanoTime);
    }

    /** Ends with 0 when all have rows, with 1 when one has none, with 2 when the arguments are wrong. */
    public static void main(String[] args) {
        if (args.length < 3) {
            System.err.println("Usage: PanelsCheck http://127.0.0.1:3000 grafana market pipeline ...");
            System.exit(2);
        }
        PanelsCheck check = new PanelsCheck(URI.create(args[0]), Path.of(args[1]));
        List<Answer> answers = new ArrayList<>();
        Arrays.stream(args).skip(2).forEach(uid -> answers.addAll(check.run(uid)));
        answers.forEach(System.out::println);
        long without = answers.stream().filter(answer -> answer.rows() == 0).count();
        System.out.println(answers.size() - without + " of " + answers.size() + " targets have rows");
        System.exit(without == 0 ? 0 : 1);
    }

    /**
     * The answer to each target of one dashboard. Blocks; each query has the viewer's time limit.
     *
     * @throws QueryException when there is no such dashboard
     */
    public List<Answer> run(String uid) {
        Dashboard dashboard =
                files.find(uid).orElseThrow(() -> new QueryException("Cannot find dashboard '" + uid + "'"));
        ObjectNode variables = viewer.variables(dashboard);
        List<Answer> answers = new ArrayList<>();
        for (JsonNode panel : dashboard.panels()) {
            if (panel.path("targets").size() > 0) {
                answers.addAll(viewer.ask(dashboard, panel, variables));
            }
        }
        return answers;
    }
}
