import assert from "node:assert/strict";
import { zookeeperProperties } from "../../../../../components/statefulset/zookeeper/zookeeperProperties";

type Args = Parameters<typeof zookeeperProperties>[0];

function propertiesOf(args: Partial<Args> = {}): Record<string, string> {
    return zookeeperProperties({
        namespace: "streams",
        clusterDomain: "cluster.local",
        members: 3,
        authentication: "required",
        ...args,
    });
}

describe("ZooKeeper's properties", () => {
    it("name the members, whose ids begin at 1", () => {
        const servers = Object.entries(propertiesOf()).filter(([key]) => key.startsWith("server."));
        assert.deepEqual(
            servers,
            [0, 1, 2].map((n) => [
                `server.${n + 1}`,
                `zookeeper-${n}.zookeeper-headless.streams.svc.cluster.local:2888:3888`,
            ]),
        );
    });

    it("let a single member stand alone", () => {
        const keys = Object.keys(propertiesOf({ members: 1 }));
        assert.ok(!keys.some((key) => key.startsWith("server.")));
    });

    it("let a member listen before it can resolve its own name", () => {
        assert.equal(propertiesOf().quorumListenOnAllIPs, "true");
    });

    it("keep three snapshots and purge each hour: the volume would fill up", () => {
        const properties = propertiesOf();
        assert.equal(properties["autopurge.snapRetainCount"], "3");
        assert.equal(properties["autopurge.purgeInterval"], "1");
    });

    it("put snapshots and log where the volume is mounted", () => {
        const { dataDir, dataLogDir } = propertiesOf();
        assert.equal(dataDir, "/var/lib/zookeeper/data");
        assert.equal(dataLogDir, "/var/lib/zookeeper/log");
    });

    it("answer the probes' two words and have no admin server", () => {
        const properties = propertiesOf();
        assert.equal(properties["4lw.commands.whitelist"], "ruok,srvr");
        assert.equal(properties["admin.enableServer"], "false");
    });

    it("give up a lost leader after 4 s, and any number of clients an open port", () => {
        const { tickTime, syncLimit, initLimit, clientPort, maxClientCnxns } = propertiesOf();
        assert.equal(Number(tickTime) * Number(syncLimit), 4000);
        assert.equal(Number(tickTime) * Number(initLimit), 20_000);
        assert.deepEqual([clientPort, maxClientCnxns], ["2181", "0"]);
    });

    it("know one user, whatever stands behind the @ of its name", () => {
        const properties = propertiesOf();
        assert.equal(
            properties["authProvider.1"],
            "org.apache.zookeeper.server.auth.SASLAuthenticationProvider",
        );
        assert.equal(properties["kerberos.removeRealmFromPrincipal"], "true");
        assert.equal(properties["security.auth_to_local"], "RULE:[1:$1]");
    });

    it("accept sessions without authentication where it is optional, and differ in nothing else", () => {
        const { sessionRequireClientSASLAuth, ...others } = propertiesOf();
        assert.equal(sessionRequireClientSASLAuth, "true");
        assert.deepEqual(propertiesOf({ authentication: "optional" }), others);
    });
});
