package candlestack.setup;

import static java.util.Objects.requireNonNull;

import candlestack.config.Secrets;
import candlestack.mongodb.MongoRole;
import com.mongodb.client.MongoDatabase;
import java.util.List;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The logins of writer and reader, each with its password and its one right. For a server that knows logins. */
final class MongoUsers {
    private static final Logger log = LoggerFactory.getLogger(MongoUsers.class);

    private final MongoDatabase database;
    private final Secrets secrets;

    MongoUsers(MongoDatabase database, Secrets secrets) {
        this.database = requireNonNull(database, "database is null");
        this.secrets = requireNonNull(secrets, "secrets is null");
    }

    void make() {
        make(MongoRole.WRITER, "readWrite");
        make(MongoRole.READER, "read");
    }

    private void make(MongoRole role, String right) {
        boolean known = !database.runCommand(new Document("usersInfo", role.userName()))
                .getList("users", Document.class)
                .isEmpty();
        String command = known ? "updateUser" : "createUser";
        database.runCommand(new Document(command, role.userName())
                .append("pwd", secrets.findOrGenerate(role.secret()))
                .append("roles", List.of(new Document("role", right).append("db", database.getName()))));
        if (!known) {
            log.info("Created user {}", role.userName());
        }
    }
}
