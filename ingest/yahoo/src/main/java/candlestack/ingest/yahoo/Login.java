package candlestack.ingest.yahoo;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.yahoo.Browser.Visit;
import candlestack.ingest.yahoo.Credentials.Route;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Obtains a cookie and the crumb that belongs to it, as Yahoo's own pages do. No account is needed. */
final class Login {
    private static final Pattern INPUT = Pattern.compile("<input\\b[^>]*>", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("\\bname=[\"']([^\"']*)[\"']");
    private static final Pattern VALUE = Pattern.compile("\\bvalue=[\"']([^\"']*)[\"']");
    private static final Pattern CRUMB = Pattern.compile("[\\w./\\\\+=-]{4,64}");

    private final Browser browser;
    private final Endpoints endpoints;

    Login(Browser browser, Endpoints endpoints) {
        this.browser = requireNonNull(browser, "browser is null");
        this.endpoints = requireNonNull(endpoints, "endpoints is null");
    }

    Credentials by(Route route) throws SourceException, InterruptedException {
        Cookies cookies = cookies(route);
        return new Credentials(cookies, crumb(route, cookies), route);
    }

    Cookies cookies(Route route) throws SourceException, InterruptedException {
        Cookies cookies = route == Route.COOKIE ? cookiePage() : consent();
        if (cookies.isEmpty()) {
            throw new SourceException(
                    ErrorKind.UNAUTHORIZED,
                    "Cannot get a cookie from Yahoo by " + route + ": it set none; is this network let in?");
        }
        return cookies;
    }

    String crumb(Route route, Cookies cookies) throws SourceException, InterruptedException {
        Answer answer = browser.get(endpoints.crumb(route), cookies);
        String crumb = answer.body().strip();
        if (answer.status() != 200 || !CRUMB.matcher(crumb).matches()) {
            throw new SourceException(
                    ErrorKind.UNAUTHORIZED,
                    "Cannot get a crumb from " + answer.place() + " by " + route + ": status " + answer.status()
                            + " and no crumb in the answer");
        }
        return crumb;
    }

    /** The page itself does not exist, but says so with a cookie. */
    private Cookies cookiePage() throws SourceException, InterruptedException {
        return Cookies.NONE.with(
                browser.get(endpoints.cookiePage(), Cookies.NONE).setCookie());
    }

    private Cookies consent() throws SourceException, InterruptedException {
        Visit page = browser.visit(browser.get(endpoints.consentStart(), Cookies.NONE), Cookies.NONE);
        Map<String, String> hidden = inputs(page.answer().body());
        String session = hidden.get("sessionId");
        String token = hidden.get("csrfToken");
        if (session == null || token == null) {
            // Visitors from where no consent is asked for get their cookie without a form.
            return page.cookies();
        }
        Map<String, String> form = new HashMap<>();
        form.put("agree", "agree");
        form.put("consentUUID", "default");
        form.put("sessionId", session);
        form.put("csrfToken", token);
        form.put("originalDoneUrl", hidden.getOrDefault("originalDoneUrl", "https://finance.yahoo.com/"));
        form.put("namespace", hidden.getOrDefault("namespace", "yahoo"));
        Answer sent = browser.post(endpoints.consentForm(session), page.cookies(), form);
        Cookies agreed = page.cookies().with(sent.setCookie());
        return browser.visit(browser.get(endpoints.consentEnd(session), agreed), agreed)
                .cookies();
    }

    private static Map<String, String> inputs(String html) {
        Map<String, String> inputs = new HashMap<>();
        Matcher input = INPUT.matcher(html);
        while (input.find()) {
            Optional<String> name = first(NAME, input.group());
            name.ifPresent(
                    found -> inputs.put(found, first(VALUE, input.group()).orElse("")));
        }
        return inputs;
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
