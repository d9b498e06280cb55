namespace Culprit.Dossier.Attack;

public static partial class TechniqueNames
{
    // Identifier, name, and for a technique the letters of its tactics; a sub-technique has those of its technique.
    // R reconnaissance, D resource development, I initial access, E execution, P persistence, V privilege escalation,
    // S stealth and defense evasion, A credential access, Y discovery, L lateral movement, C collection,
    // K command and control, X exfiltration, M impact.
    private const string Table = """
        T1001|Data Obfuscation|K
        T1003|OS Credential Dumping|A
        T1003.001|LSASS Memory
        T1003.002|Security Account Manager
        T1003.003|NTDS
        T1003.004|LSA Secrets
        T1003.005|Cached Domain Credentials
        T1003.006|DCSync
        T1003.008|/etc/passwd and /etc/shadow
        T1005|Data from Local System|C
        T1006|Direct Volume Access|S
        T1007|System Service Discovery|Y
        T1008|Fallback Channels|K
        T1010|Application Window Discovery|Y
        T1011|Exfiltration Over Other Network Medium|X
        T1012|Query Registry|Y
        T1014|Rootkit|S
        T1016|System Network Configuration Discovery|Y
        T1016.001|Internet Connection Discovery
        T1018|Remote System Discovery|Y
        T1020|Automated Exfiltration|X
        T1021|Remote Services|L
        T1021.001|Remote Desktop Protocol
        T1021.002|SMB/Windows Admin Shares
        T1021.003|Distributed Component Object Model
        T1021.004|SSH
        T1021.005|VNC
        T1021.006|Windows Remote Management
        T1025|Data from Removable Media|C
        T1027|Obfuscated Files or Information|S
        T1027.002|Software Packing
        T1027.003|Steganography
        T1027.004|Compile After Delivery
        T1027.005|Indicator Removal from Tools
        T1027.010|Command Obfuscation
        T1029|Scheduled Transfer|X
        T1030|Data Transfer Size Limits|X
        T1033|System Owner/User Discovery|Y
        T1036|Masquerading|S
        T1036.002|Right-to-Left Override
        T1036.003|Rename Legitimate Utilities
        T1036.004|Masquerade Task or Service
        T1036.005|Match Legitimate Resource Name or Location
        T1036.007|Double File Extension
        T1036.008|Masquerade File Type
        T1037|Boot or Logon Initialization Scripts|PV
        T1039|Data from Network Shared Drive|C
        T1040|Network Sniffing|AY
        T1041|Exfiltration Over C2 Channel|X
        T1046|Network Service Discovery|Y
        T1047|Windows Management Instrumentation|E
        T1048|Exfiltration Over Alternative Protocol|X
        T1048.003|Exfiltration Over Unencrypted Non-C2 Protocol
        T1049|System Network Connections Discovery|Y
        T1052|Exfiltration Over Physical Medium|X
        T1053|Scheduled Task/Job|EPV
        T1053.002|At
        T1053.003|Cron
        T1053.005|Scheduled Task
        T1055|Process Injection|VS
        T1055.001|Dynamic-link Library Injection
        T1055.012|Process Hollowing
        T1056|Input Capture|AC
        T1056.001|Keylogging
        T1057|Process Discovery|Y
        T1059|Command and Scripting Interpreter|E
        T1059.001|PowerShell
        T1059.003|Windows Command Shell
        T1059.004|Unix Shell
        T1059.005|Visual Basic
        T1059.006|Python
        T1059.007|JavaScript
        T1068|Exploitation for Privilege Escalation|V
        T1069|Permission Groups Discovery|Y
        T1069.001|Local Groups
        T1069.002|Domain Groups
        T1070|Indicator Removal|S
        T1070.001|Clear Windows Event Logs
        T1070.003|Clear Command History
        T1070.004|File Deletion
        T1070.005|Network Share Connection Removal
        T1070.006|Timestomp
        T1071|Application Layer Protocol|K
        T1071.001|Web Protocols
        T1071.004|DNS
        T1072|Software Deployment Tools|EL
        T1074|Data Staged|C
        T1074.001|Local Data Staging
        T1074.002|Remote Data Staging
        T1078|Valid Accounts|IPVS
        T1078.001|Default Accounts
        T1078.002|Domain Accounts
        T1078.003|Local Accounts
        T1078.004|Cloud Accounts
        T1080|Taint Shared Content|L
        T1082|System Information Discovery|Y
        T1083|File and Directory Discovery|Y
        T1087|Account Discovery|Y
        T1087.001|Local Account
        T1087.002|Domain Account
        T1090|Proxy|K
        T1090.001|Internal Proxy
        T1090.002|External Proxy
        T1090.003|Multi-hop Proxy
        T1091|Replication Through Removable Media|IL
        T1092|Communication Through Removable Media|K
        T1095|Non-Application Layer Protocol|K
        T1098|Account Manipulation|PV
        T1102|Web Service|K
        T1104|Multi-Stage Channels|K
        T1105|Ingress Tool Transfer|K
        T1106|Native API|E
        T1110|Brute Force|A
        T1110.001|Password Guessing
        T1110.002|Password Cracking
        T1110.003|Password Spraying
        T1110.004|Credential Stuffing
        T1111|Multi-Factor Authentication Interception|A
        T1112|Modify Registry|PS
        T1113|Screen Capture|C
        T1114|Email Collection|C
        T1115|Clipboard Data|C
        T1119|Automated Collection|C
        T1120|Peripheral Device Discovery|Y
        T1123|Audio Capture|C
        T1124|System Time Discovery|Y
        T1127|Trusted Developer Utilities Proxy Execution|S
        T1127.001|MSBuild
        T1129|Shared Modules|E
        T1132|Data Encoding|K
        T1132.001|Standard Encoding
        T1133|External Remote Services|IP
        T1134|Access Token Manipulation|VS
        T1134.001|Token Impersonation/Theft
        T1135|Network Share Discovery|Y
        T1136|Create Account|P
        T1136.001|Local Account
        T1136.002|Domain Account
        T1137|Office Application Startup|P
        T1140|Deobfuscate/Decode Files or Information|S
        T1176|Software Extensions|P
        T1185|Browser Session Hijacking|C
        T1187|Forced Authentication|A
        T1189|Drive-by Compromise|I
        T1190|Exploit Public-Facing Application|I
        T1195|Supply Chain Compromise|I
        T1197|BITS Jobs|PS
        T1199|Trusted Relationship|I
        T1200|Hardware Additions|I
        T1201|Password Policy Discovery|Y
        T1202|Indirect Command Execution|S
        T1203|Exploitation for Client Execution|E
        T1204|User Execution|E
        T1204.001|Malicious Link
        T1204.002|Malicious File
        T1207|Rogue Domain Controller|S
        T1210|Exploitation of Remote Services|L
        T1211|Exploitation for Stealth|S
        T1212|Exploitation for Credential Access|A
        T1213|Data from Information Repositories|C
        T1216|System Script Proxy Execution|S
        T1217|Browser Information Discovery|Y
        T1218|System Binary Proxy Execution|S
        T1218.003|CMSTP
        T1218.005|Mshta
        T1218.007|Msiexec
        T1218.010|Regsvr32
        T1218.011|Rundll32
        T1219|Remote Access Tools|K
        T1220|XSL Script Processing|S
        T1221|Template Injection|S
        T1222|File and Directory Permissions Modification|S
        T1222.001|Windows File and Directory Permissions Modification
        T1482|Domain Trust Discovery|Y
        T1484|Domain or Tenant Policy Modification|VS
        T1484.001|Group Policy Modification
        T1485|Data Destruction|M
        T1486|Data Encrypted for Impact|M
        T1489|Service Stop|M
        T1490|Inhibit System Recovery|M
        T1491|Defacement|M
        T1496|Resource Hijacking|M
        T1497|Virtualization/Sandbox Evasion|SY
        T1498|Network Denial of Service|M
        T1505|Server Software Component|P
        T1505.001|SQL Stored Procedures
        T1505.003|Web Shell
        T1505.004|IIS Components
        T1518|Software Discovery|Y
        T1518.001|Security Software Discovery
        T1526|Cloud Service Discovery|Y
        T1528|Steal Application Access Token|A
        T1529|System Shutdown/Reboot|M
        T1531|Account Access Removal|M
        T1539|Steal Web Session Cookie|A
        T1542|Pre-OS Boot|PS
        T1543|Create or Modify System Process|PV
        T1543.002|Systemd Service
        T1543.003|Windows Service
        T1546|Event Triggered Execution|PV
        T1546.003|Windows Management Instrumentation Event Subscription
        T1546.008|Accessibility Features
        T1546.012|Image File Execution Options Injection
        T1546.015|Component Object Model Hijacking
        T1547|Boot or Logon Autostart Execution|PV
        T1547.001|Registry Run Keys / Startup Folder
        T1547.004|Winlogon Helper DLL
        T1547.005|Security Support Provider
        T1547.009|Shortcut Modification
        T1548|Abuse Elevation Control Mechanism|VS
        T1548.002|Bypass User Account Control
        T1550|Use Alternate Authentication Material|SL
        T1550.002|Pass the Hash
        T1550.003|Pass the Ticket
        T1552|Unsecured Credentials|A
        T1552.001|Credentials In Files
        T1552.002|Credentials in Registry
        T1552.004|Private Keys
        T1552.006|Group Policy Preferences
        T1553|Subvert Trust Controls|S
        T1554|Compromise Host Software Binary|P
        T1555|Credentials from Password Stores|A
        T1555.003|Credentials from Web Browsers
        T1555.004|Windows Credential Manager
        T1556|Modify Authentication Process|APS
        T1557|Adversary-in-the-Middle|AC
        T1557.001|LLMNR/NBT-NS Poisoning and SMB Relay
        T1558|Steal or Forge Kerberos Tickets|A
        T1558.001|Golden Ticket
        T1558.002|Silver Ticket
        T1558.003|Kerberoasting
        T1558.004|AS-REP Roasting
        T1559|Inter-Process Communication|E
        T1559.001|Component Object Model
        T1560|Archive Collected Data|C
        T1560.001|Archive via Utility
        T1561|Disk Wipe|M
        T1562|Impair Defenses|S
        T1562.001|Disable or Modify Tools
        T1562.002|Disable Windows Event Logging
        T1562.004|Disable or Modify System Firewall
        T1563|Remote Service Session Hijacking|L
        T1564|Hide Artifacts|S
        T1564.001|Hidden Files and Directories
        T1564.003|Hidden Window
        T1564.004|NTFS File Attributes
        T1565|Data Manipulation|M
        T1566|Phishing|I
        T1566.001|Spearphishing Attachment
        T1566.002|Spearphishing Link
        T1567|Exfiltration Over Web Service|X
        T1567.002|Exfiltration to Cloud Storage
        T1568|Dynamic Resolution|K
        T1569|System Services|E
        T1569.002|Service Execution
        T1570|Lateral Tool Transfer|L
        T1571|Non-Standard Port|K
        T1572|Protocol Tunneling|K
        T1573|Encrypted Channel|K
        T1574|Hijack Execution Flow|EPVS
        T1574.001|DLL
        T1580|Cloud Infrastructure Discovery|Y
        T1583|Acquire Infrastructure|D
        T1584|Compromise Infrastructure|D
        T1587|Develop Capabilities|D
        T1588|Obtain Capabilities|D
        T1588.002|Tool
        T1589|Gather Victim Identity Information|R
        T1590|Gather Victim Network Information|R
        T1592|Gather Victim Host Information|R
        T1594|Search Victim-Owned Websites|R
        T1595|Active Scanning|R
        T1595.001|Scanning IP Blocks
        T1595.002|Vulnerability Scanning
        T1595.003|Wordlist Scanning
        T1598|Phishing for Information|R
        T1608|Stage Capabilities|D
        T1614|System Location Discovery|Y
        T1615|Group Policy Discovery|Y
        T1620|Reflective Code Loading|S
        T1649|Steal or Forge Authentication Certificates|A
        T1654|Log Enumeration|Y
        T1657|Financial Theft|M
        """;
}
