package multicloud.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressClassTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "168.63.129.15",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2002:0101:0101::1",
                "64:ff9b::101:101",
                "::ffff:0:1.1.1.1"
            })
    void addressesOfTheInternetArePublic(String address) throws UnknownHostException {
        assertThat(classOf(address)).isEqualTo(AddressClass.PUBLIC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.255",
                "10.0.0.0",
                "10.255.255.255",
                "172.16.0.0",
                "172.31.255.255",
                "192.168.0.1",
                "100.64.0.0",
                "100.127.255.255",
                "192.0.0.1",
                "198.18.0.1",
                "240.0.0.1",
                "::1",
                "fc00::1",
                "fdff:ffff::1",
                "fec0::1",
                "::7f00:1",
                "2002:7f00:1::",
                "2002:c0a8:101::1",
                "64:ff9b::10.0.0.1",
                "64:ff9b:1::8.8.8.8"
            })
    void addressesOfTheNeighbourhoodAreLocal(String address) throws UnknownHostException {
        assertThat(classOf(address)).isEqualTo(AddressClass.LOCAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "169.254.169.254",
                "169.254.170.2",
                "169.254.0.0",
                "169.254.255.255",
                "224.0.0.1",
                "239.255.255.255",
                "255.255.255.255",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "::",
                "fe80::1",
                "febf::1",
                "ff02::1",
                "fd00:ec2::254",
                "fd00:ec2::23",
                "fd20:ce::254",
                "fd00:a9fe:a9fe::1",
                "fd00:42::42",
                "::a9fe:a9fe",
                "::ffff:0:169.254.169.254",
                "2002:a9fe:a9fe::1",
                "64:ff9b::169.254.169.254",
                "64:ff9b::a83f:8110",
                "64:ff9b:1::169.254.169.254",
                "64:ff9b:1:a9fe:a9:fe00::",
                "::2:0:0:1"
            })
    void metadataServicesAndWhatIsNoMachineAreForbidden(String address) throws UnknownHostException {
        assertThat(classOf(address)).isEqualTo(AddressClass.FORBIDDEN);
    }

    @Test
    void aMappedAddressLeadsWhereTheOneInsideLeads() {
        byte[] mapped = new byte[16];
        mapped[10] = mapped[11] = (byte) 0xff;
        mapped[12] = (byte) 169;
        mapped[13] = (byte) 254;
        assertThat(AddressClass.of(mapped)).isEqualTo(AddressClass.FORBIDDEN);
        mapped[12] = 127;
        assertThat(AddressClass.of(mapped)).isEqualTo(AddressClass.LOCAL);
        mapped[12] = 8;
        assertThat(AddressClass.of(mapped)).isEqualTo(AddressClass.PUBLIC);
    }

    @Test
    void otherLengthsAreNoAddress() {
        assertThatThrownBy(() -> AddressClass.of(new byte[5])).isInstanceOf(IllegalArgumentException.class);
    }

    private static AddressClass classOf(String address) throws UnknownHostException {
        return AddressClass.of(InetAddress.getByName(address));
    }
}
