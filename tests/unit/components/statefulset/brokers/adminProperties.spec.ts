import assert from "node:assert/strict";
import { adminProperties } from "../../../../../components/statefulset/brokers/adminProperties";

describe("properties of the tools in a broker's pod", () => {
    it("give up soon, as they are asked again", () => {
        assert.equal(
            adminProperties({ encrypted: false }),
            "default.api.timeout.ms=10000\nrequest.timeout.ms=5000\n",
        );
    });

    it("are a broker's where those encrypt, at an address that no certificate names", () => {
        const added = adminProperties({ encrypted: true }).replace(
            adminProperties({ encrypted: false }),
            "",
        );
        assert.deepEqual(added.trimEnd().split("\n"), [
            "security.protocol=SSL",
            "ssl.endpoint.identification.algorithm=",
            "ssl.keystore.location=/run/kafka/tls/keystore.pem",
            "ssl.keystore.type=PEM",
            "ssl.truststore.location=/run/kafka/tls/cluster-ca.pem",
            "ssl.truststore.type=PEM",
        ]);
    });
});
