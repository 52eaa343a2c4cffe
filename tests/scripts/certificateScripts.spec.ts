import assert from "node:assert/strict";
import { requireNamespaces, run, type Sandbox } from "./sandbox";

const pem = (text: string) => `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`;

/** What a pod has mounted. */
type Mounted = Readonly<Record<string, string>>;

const OWN: Mounted = {
    "tls-combined.pem": "a key\na certificate\n",
    "ca.crt": pem("first"),
    "cluster-ca.crt": pem("first"),
    "clients-ca.crt": pem("clients"),
};

/** Bash that mounts files where a pod has the Secrets, all at once as the kubelet does, or exchanges them. */
function mount(files: Mounted): string {
    const writes = Object.entries(files).map(([name, text]) => `printf %s '${text}' >$new/${name}`);
    return `
        old=$(readlink /etc/kafka-eks-tls/..data || true)
        new=$(mktemp -d /etc/kafka-eks-tls/..XXXXXX)
        ${writes.join("\n")}
        ln -s "$new" /etc/kafka-eks-tls/..new
        mv -T /etc/kafka-eks-tls/..new /etc/kafka-eks-tls/..data
        rm -rf "$old"`;
}

/** Runs a script that has the Secrets, through one of the tests'. */
function runMounted(text: string, sandbox: Sandbox = {}) {
    return run("test.sh", {
        ...sandbox,
        files: {
            ...sandbox.files,
            "test.sh": `
                set -euo pipefail
                mount -t tmpfs tmpfs /etc/kafka-eks-tls 2>/dev/null || {
                    mount -t tmpfs tmpfs /etc; mkdir /etc/kafka-eks-tls; touch /etc/resolv.conf; }
                install() { bash "$(dirname "$0")/install-certificates.sh"; }
                ${text}`,
        },
    });
}

/** What was installed. */
const SHOW = "cat /run/kafka/tls/$file";
const show = (...files: string[]) =>
    files.map((file) => `echo "# ${file}"; ${SHOW.replace("$file", file)}`).join("\n");

describe("scripts of the certificates", function () {
    this.timeout(20_000);

    before(function () {
        requireNamespaces(this);
    });

    describe("install-certificates.sh", () => {
        it("installs the key and whom brokers and clients are to be trusted by", () => {
            const { status, stdout, stderr } = runMounted(`
                ${mount(OWN)}
                install
                ${show("cluster-ca.pem", "clients-ca.pem", "keystore.pem")}`);
            assert.equal(status, 0, stderr);
            assert.equal(
                stdout,
                "cluster-ca.pem\nclients-ca.pem\nkeystore.pem\n" +
                    `# cluster-ca.pem\n${pem("first")}` +
                    `# clients-ca.pem\n${pem("clients")}` +
                    "# keystore.pem\na key\na certificate\n",
            );
        });

        it("says nothing and changes nothing where all is as it was", () => {
            const { stdout } = runMounted(`
                ${mount(OWN)}
                install >/dev/null
                rm /run/kafka/tls/unread-*
                touch -d 2001-01-01 /run/kafka/tls/*
                install
                stat -c %y /run/kafka/tls/* | cut -c 1-4`);
            assert.equal(stdout, "2001\n2001\n2001\n");
        });

        it("trusts a renewed authority before it signs anything, and the old one as long as the pod lives", () => {
            const { stdout } = runMounted(`
                ${mount(OWN)}
                install >/dev/null
                ${mount({ ...OWN, "cluster-ca.crt": pem("second") })}
                install
                ${show("cluster-ca.pem")}
                ${mount({ ...OWN, "ca.crt": pem("second"), "cluster-ca.crt": pem("second") })}
                install
                ${show("cluster-ca.pem")}`);
            assert.equal(
                stdout,
                `cluster-ca.pem\n# cluster-ca.pem\n${pem("first")}${pem("second")}` +
                    `# cluster-ca.pem\n${pem("first")}${pem("second")}`,
            );
        });

        it("needs no authorities' own Secrets", () => {
            const { "tls-combined.pem": key, "ca.crt": ca } = OWN;
            const { status, stdout } = runMounted(`
                ${mount({ "tls-combined.pem": key!, "ca.crt": ca! })}
                install >/dev/null
                ${show("cluster-ca.pem", "clients-ca.pem")}`);
            assert.equal(status, 0);
            assert.equal(stdout, `# cluster-ca.pem\n${pem("first")}# clients-ca.pem\n\n`);
        });

        it("takes authorities as anybody writes them: with comments, in long lines, without an end of line", () => {
            const bundle = `# Company\n${pem("a\nb")}${pem("c").trimEnd()}`;
            const { stdout } = runMounted(`
                ${mount({ ...OWN, "ca.crt": bundle })}
                install >/dev/null
                ${show("cluster-ca.pem")}`);
            assert.equal(stdout, `# cluster-ca.pem\n${pem("ab")}${pem("c")}${pem("first")}`);
        });

        it("keeps the key from everybody else", () => {
            const { stdout } = runMounted(`
                ${mount(OWN)}
                install >/dev/null
                stat -c %a /run/kafka/tls/keystore.pem`);
            assert.equal(stdout, "600\n");
        });

        it("fails without a certificate", () => {
            const { status } = runMounted(`
                ${mount({ "ca.crt": pem("first") })}
                install`);
            assert.notEqual(status, 0);
        });
    });

    describe("reload-certificates.sh", () => {
        const ADMIN =
            "kafka-configs --bootstrap-server 127.0.0.1:9091 --command-config /config/admin.properties" +
            " --alter --entity-type brokers --entity-name 1 --add-config";

        /** Runs the loop while the mounts change; every wait of it takes the next of `steps`. */
        function loop(steps: readonly string[], kafkaConfigs = "", before = "") {
            const cases = steps.map((step, n) => `${n}) ${step} ;;`).join("\n");
            return runMounted(
                `
                ${mount(OWN)}
                install >/dev/null
                rm /run/kafka/tls/unread-*
                ${before}
                echo 0 >/run/step
                bash "$(dirname "$0")/reload-certificates.sh" || true`,
                {
                    env: {
                        POD_NAME: "kafka-1",
                        TRUST_STORES: "t=1,u=2",
                        KEY_STORES: "k=3",
                        TRUST_SECONDS: "1",
                    },
                    programs: {
                        "kafka-configs": kafkaConfigs,
                        // The loop's pace, and its end.
                        sleep: `
                            step=$(</run/step)
                            echo $((step + 1)) >/run/step
                            case $step in
                            ${cases}
                            *) kill -TERM "$PPID"; exec /bin/sleep 5 ;;
                            esac`,
                    },
                },
            );
        }

        const changed = (calls: readonly string[]) =>
            calls.filter((call) => call.startsWith("kafka-configs"));

        it("does nothing while nothing is renewed", () => {
            const { calls, status } = loop([":", ":"]);
            assert.equal(status, 0);
            assert.deepEqual(changed(calls), []);
        });

        const READ = "The broker has read again:";
        const NEW_KEY = mount({ ...OWN, "tls-combined.pem": "new" });

        it("has the broker read a renewed key at once", () => {
            const { calls, stdout } = loop([NEW_KEY, ":"]);
            assert.deepEqual(changed(calls), [`${ADMIN} k=3`]);
            assert.equal(stdout, `keystore.pem\n${READ} key\n`);
        });

        it("has it trust another authority first, and takes what that signed only when the others trust it, too", () => {
            const renewed = mount({ ...OWN, "ca.crt": pem("second"), "tls-combined.pem": "new" });
            const { calls, stdout } = loop([renewed, ":", "/bin/sleep 1"]);
            assert.deepEqual(changed(calls), [`${ADMIN} t=1,u=2`, `${ADMIN} k=3`]);
            assert.equal(stdout, `cluster-ca.pem\n${READ} trust\nkeystore.pem\n${READ} key\n`);
        });

        it("shows the broker its old key until the broker trusts the new one", () => {
            const renewed = mount({ ...OWN, "ca.crt": pem("second"), "tls-combined.pem": "new" });
            const { stdout } = loop(
                [renewed, "/bin/sleep 1", ":"],
                'echo "with $(head -1 /run/kafka/tls/keystore.pem)"',
            );
            assert.deepEqual(
                stdout.split("\n").filter((line) => line.startsWith("with")),
                ["with a key", "with new"],
            );
        });

        it("has the broker read what a loop before it had installed and not brought to its end", () => {
            const renewed = { ...OWN, "ca.crt": pem("second"), "tls-combined.pem": "new" };
            const { calls, stdout } = loop([":"], "", `${mount(renewed)}\ninstall >/dev/null`);
            assert.deepEqual(changed(calls), [`${ADMIN} t=1,u=2`, `${ADMIN} k=3`]);
            assert.equal(stdout, `${READ} trust\n${READ} key\n`);
        });

        it("goes on when it finds the files half exchanged", () => {
            const gone = "rm /etc/kafka-eks-tls/..data/tls-combined.pem";
            const { calls, status } = loop([gone, NEW_KEY]);
            assert.equal(status, 0);
            assert.deepEqual(changed(calls), [`${ADMIN} k=3`]);
        });

        it("takes no key of files that were exchanged after it had looked at whom to trust", () => {
            const more = mount({ ...OWN, "clients-ca.crt": pem("more clients") });
            const second = { ...OWN, "ca.crt": pem("second"), "tls-combined.pem": "new" };
            const { stdout } = loop(
                [more, ":", "/bin/sleep 1"],
                `[[ $* != *t=1* || -e /run/exchanged ]] || { touch /run/exchanged; /bin/sleep 1; ${mount(second)}; }`,
            );
            assert.equal(
                stdout,
                `clients-ca.pem\n${READ} trust\ncluster-ca.pem\n${READ} trust\nkeystore.pem\n${READ} key\n`,
            );
        });

        const EXPIRED =
            'echo "Caused by: java.security.cert.CertificateExpiredException: NotAfter" >&2; exit 1';
        const IS_ALIVE = `bash "$SANDBOX/config/broker-alive.sh" || echo dead`;

        it("has a broker whose certificate has expired start anew, with the new one", () => {
            const { stdout, stderr } = loop([NEW_KEY, IS_ALIVE, IS_ALIVE], EXPIRED);
            assert.match(
                stdout,
                /\nThe broker's certificate has expired: the broker has to start anew\n/,
            );
            assert.equal(stdout.match(/start anew/g)?.length, 1);
            assert.equal(stderr.match(/has expired, and there is a new one/g)?.length, 2);
        });

        it("does so when another authority has signed the new one, too", () => {
            const renewed = mount({ ...OWN, "ca.crt": pem("second"), "tls-combined.pem": "new" });
            const { stdout } = loop([renewed, IS_ALIVE], EXPIRED);
            assert.match(stdout, /start anew/);
        });

        it("leaves a broker alone for which there is no other certificate", () => {
            const renewed = mount({ ...OWN, "ca.crt": pem("second") });
            const { stdout, stderr } = loop([renewed, IS_ALIVE, IS_ALIVE], EXPIRED);
            assert.doesNotMatch(stdout, /start anew/);
            assert.doesNotMatch(stderr, /there is a new one/);
        });

        it("tries again until the broker has read them, and less often then", () => {
            const fails = `[[ -e /run/failed ]] || { touch /run/failed; exit 1; }`;
            const { calls, stdout } = loop([NEW_KEY, ":", ":"], fails);
            assert.deepEqual(changed(calls), [`${ADMIN} k=3`, `${ADMIN} k=3`]);
            assert.equal(stdout, `keystore.pem\n${READ} key\n`);
            const pauses = calls.filter((call) => call.startsWith("sleep"));
            assert.deepEqual(pauses, ["sleep 5", "sleep 30", "sleep 5", "sleep 5"]);
        });
    });

    it("starts a broker that has read all that is there", () => {
        const { stdout } = runMounted(
            `
            ${mount(OWN)}
            mkdir /run/kafka/tls
            touch /run/kafka/tls/expired
            bash "$(dirname "$0")/start-kafka.sh"
            ls /run/kafka/tls`,
            {
                env: {
                    POD_NAME: "kafka-1",
                    SERVICE_DOMAIN: "kafka.svc.cluster.local",
                    SERVER_HEAP_OPTS: "-Xmx1g",
                },
                files: { "server.properties": "", "advertised-1": "" },
                programs: { "kafka-server-start": "" },
            },
        );
        assert.match(stdout, /\ncluster-ca.pem\nkeystore.pem\n$/);
        assert.doesNotMatch(stdout, /unread|expired/);
    });
});
