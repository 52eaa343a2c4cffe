import assert from "node:assert/strict";
import {
    compareVersions,
    occupiedRanges,
    problemsOf,
    type Machine,
} from "../../../lab/prerequisites";

const GIB = 2 ** 30;
const PROGRAMS =
    "bash cp ip mount nsenter openssl unshare apt-cache apt-get dpkg-deb go java javac ldconfig mvn setpriv tar";

const FINE: Machine = {
    platform: "linux",
    architecture: "x64",
    release: "bookworm",
    root: true,
    memory: 16 * GIB,
    cacheSpace: 50 * GIB,
    stateSpace: 50 * GIB,
    programs: new Set(PROGRAMS.split(" ")),
    go: "go version go1.26.8 linux/amd64",
    java: 'openjdk version "17.0.15" 2025-04-15',
    overlay: true,
    bridgeFilter: true,
    occupied: [{ range: "192.168.1.0/24", by: "eth0" }],
};

describe("lab prerequisites", () => {
    it("finds nothing to complain about on a fitting machine", () => {
        assert.deepEqual(problemsOf(FINE, true), []);
    });

    it("names everything that is missing, at once", () => {
        const bare: Machine = {
            ...FINE,
            root: false,
            memory: 4 * GIB,
            cacheSpace: GIB,
            stateSpace: GIB,
            programs: new Set(["bash", "cp", "ip", "mount", "nsenter", "unshare"]),
            go: "",
            java: "",
            overlay: false,
            bridgeFilter: false,
            occupied: [{ range: "10.0.0.0/8", by: "a route to vpn0" }],
        };
        const text = problemsOf(bare, true).join("\n");
        for (const expected of [
            /root is needed/,
            /8 GiB of memory are needed, there are 4\.0 GiB/,
            /not on PATH: openssl, apt-cache, apt-get, dpkg-deb, go, java, javac, ldconfig, mvn, setpriv, tar/,
            /modprobe overlay/,
            /modprobe br_netfilter/,
            /12 GiB are needed to build/,
            /10\.96\.0\.0\/16 \(services\) is in use: 10\.0\.0\.0\/8 by a route to vpn0/,
            /10\.244\.0\.0\/16 \(pods\) is in use/,
        ]) {
            assert.match(text, expected);
        }
    });

    it("needs nothing for a build when all is built", () => {
        const programs = new Set("bash cp ip mount nsenter openssl unshare".split(" "));
        assert.deepEqual(
            problemsOf({ ...FINE, programs, go: "", java: "", cacheSpace: GIB }, false),
            [],
        );
    });

    it("refuses versions that are too old and another release of Debian", () => {
        const old = {
            ...FINE,
            release: "trixie",
            go: "go version go1.19.8 linux/amd64",
            java: 'openjdk version "8"',
        };
        assert.deepEqual(problemsOf(old, true), [
            "packages of Debian bookworm are needed, this is trixie",
            "Go 1.26 is needed, this is 1.19",
            "Java 11 is needed, this is 8",
        ]);
    });

    it("compares versions by number, not by text", () => {
        assert.ok(compareVersions("1.9", "1.26") < 0);
        assert.ok(compareVersions("1.26", "1.26") === 0);
        assert.ok(compareVersions("2.0", "1.26") > 0);
    });

    it("does not take the lab's own interface and routes for somebody else's", () => {
        const addresses = JSON.stringify([
            { ifname: "lab0", addr_info: [{ local: "10.254.0.1", prefixlen: 24 }] },
            { ifname: "eth0", addr_info: [{ local: "192.0.2.2", prefixlen: 24 }] },
        ]);
        const routes = JSON.stringify([
            { dst: "default", dev: "eth0" },
            { dst: "10.244.1.0/24", dev: "lab0" },
            { dst: "10.254.1.1", nexthops: [{ dev: "lab0" }, { dev: "lab0" }] },
            { type: "blackhole", dst: "10.96.0.0/16" },
            { dst: "10.96.0.0/12", dev: "wg0" },
        ]);
        assert.deepEqual(occupiedRanges(addresses, routes), [
            { range: "192.0.2.2/24", by: "eth0" },
            { range: "10.96.0.0/12", by: "a route to wg0" },
        ]);
    });

    it("finds nothing occupied where there is no `ip`", () => {
        assert.deepEqual(occupiedRanges("", ""), []);
    });
});
