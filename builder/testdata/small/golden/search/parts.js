siteIndex.add("parts",{"pages":"pages.ca7db339","text-0":"text-0.4ed41c70"});
